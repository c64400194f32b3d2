package dev.repsr;

import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.io.AtomicFile;
import dev.repsr.network.Layer;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Small networks for tests. */
public final class TestModels {
    private static final int BODY = 1;
    private static final int CHANNELS = 4;

    private TestModels() {}

    /** All convolutions are zero, so that the skip alone remains: exactly nearest-neighbour enlargement. */
    public static Model nearest(int scale) {
        return model("nearest-x" + scale, scale, () -> 0f);
    }

    /** Small random weights. */
    public static Model random(int scale, long seed) {
        Random random = new Random(seed);
        return model("random-x" + scale, scale, () -> (random.nextFloat() - 0.5f) / 4);
    }

    /** Writes {@link #nearest} as a model file. */
    public static Path writeNearest(Path folder, int scale) throws IOException {
        Path file = folder.resolve("nearest-x" + scale + ".safetensors");
        write(nearest(scale), file);
        return file;
    }

    /** Writes a model file. */
    public static void write(Model model, Path file) throws IOException {
        AtomicFile.write(file, out -> ModelFile.write(model, out));
    }

    private static Model model(String name, int scale, Supplier<Float> values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : Network.compactLayers(BODY, CHANNELS, scale)) {
            switch (layer) {
                case Layer.Conv3x3 conv -> {
                    tensors.put(conv.name() + ".weight", filled(values, conv.out(), conv.in(), 3, 3));
                    tensors.put(conv.name() + ".bias", filled(values, conv.out()));
                }
                case Layer.PRelu relu -> tensors.put(relu.name() + ".weight", filled(values, relu.channels()));
                case Layer.PixelShuffle shuffle -> {}
                case Layer.AddNearest skip -> {}
            }
        }
        return new Model(name, Network.compact(BODY, CHANNELS, scale, new Weights(tensors)), Map.of());
    }

    private static Tensor filled(Supplier<Float> values, int... shape) {
        int size = 1;
        for (int side : shape) {
            size *= side;
        }
        float[] filled = new float[size];
        for (int i = 0; i < size; i++) {
            filled[i] = values.get();
        }
        return Tensor.of(filled, shape);
    }
}
