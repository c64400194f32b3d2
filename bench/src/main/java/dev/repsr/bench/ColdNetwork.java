package dev.repsr.bench;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks of the comparison of whole processes; the smallest is the one that is built in. */
enum ColdNetwork {
    M4C16,
    M10C32,
    M16C64;

    private static final int SCALE = 4;
    private static final long SEED = 1;

    /**
     * Keeps what random weights add to a picture small, so that the result compresses like a photograph, and that the program's check of
     * its output takes it for an enlargement.
     */
    private static final float DAMPING = 0.001f;

    Model model() throws IOException {
        return switch (this) {
            case M4C16 -> Models.open("repsr-m4c16-x4");
            case M10C32 -> random(10, 32);
            case M16C64 -> random(16, 64);
        };
    }

    private Model random(int body, int channels) {
        Network network = RandomNetworks.compact(body, channels, SCALE, SEED);
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().tensors());
        Conv3x3 last = network.convolutions().getLast();
        for (String part : new String[] {".weight", ".bias"}) {
            tensors.computeIfPresent(last.name() + part, (key, tensor) -> damped(tensor));
        }
        return new Model(name(), Network.compact(body, channels, SCALE, new Weights(tensors)), Map.of());
    }

    private static Tensor damped(Tensor tensor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= DAMPING;
        }
        return Tensor.of(
                values, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }
}
