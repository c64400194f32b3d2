package dev.repsr;

import dev.repsr.format.Model;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models that load and run, and whose pictures are wrong. */
public enum PlantedModels {
    BLACK,
    CONSTANT,
    CHANNELS_EXCHANGED,
    SHIFTED_BY_FOUR_LEVELS,
    NOT_FINITE,
    WRONGLY_SHUFFLED;

    private static final int CHANNELS = 4;
    private static final float[][] NOTHING = new float[3][3];
    private static final float[][] MINUS_INPUT = {{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
    private static final float[][] EXCHANGE = {{-1, 0, 1}, {0, 0, 0}, {1, 0, -1}};

    /** The model, of this scale. */
    public Model model(int scale) throws IOException {
        return switch (this) {
            case BLACK -> linear(scale, MINUS_INPUT, 0, 1);
            case CONSTANT -> linear(scale, MINUS_INPUT, 0.45f, 1);
            case CHANNELS_EXCHANGED -> linear(scale, EXCHANGE, 0, 1);
            case SHIFTED_BY_FOUR_LEVELS -> linear(scale, NOTHING, 4 / 255f, 1);
            case NOT_FINITE -> linear(scale, MINUS_INPUT, 0, 1e30f);
            case WRONGLY_SHUFFLED -> wronglyShuffled(scale);
        };
    }

    /**
     * The nearest-neighbour enlargement plus a linear function of each pixel.
     *
     * @param matrix output channel by input channel
     * @param gain of each of three layers, so that large ones overflow
     */
    private Model linear(int scale, float[][] matrix, float bias, float gain) {
        int last = 3 * scale * scale;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("body.0.weight", centre(CHANNELS, 3, (o, i) -> o == i ? gain : 0));
        tensors.put("body.0.bias", filled(CHANNELS, 0));
        tensors.put("body.1.weight", filled(CHANNELS, 1));
        tensors.put("body.2.weight", centre(CHANNELS, CHANNELS, (o, i) -> o == i ? gain : 0));
        tensors.put("body.2.bias", filled(CHANNELS, 0));
        tensors.put("body.3.weight", filled(CHANNELS, 1));
        tensors.put(
                "body.4.weight", centre(last, CHANNELS, (o, i) -> i < 3 ? gain * matrix[o / (scale * scale)][i] : 0));
        tensors.put("body.4.bias", filled(last, bias));
        return new Model(name(), Network.compact(1, CHANNELS, scale, new Weights(tensors)), Map.of());
    }

    /** The built-in model whose blocks are turned by half a circle before its skip is added. */
    private Model wronglyShuffled(int scale) throws IOException {
        Network right = Models.open(Models.defaultOf(scale).name()).network();
        String layer = right.convolutions().getLast().name();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : right.weights().names()) {
            Tensor tensor = right.weights().get(name);
            tensors.put(name, name.startsWith(layer + ".") ? turned(tensor, scale) : tensor);
        }
        return new Model(
                name(),
                Network.compact(right.bodyConvolutions(), right.channels(), scale, new Weights(tensors)),
                Map.of());
    }

    /** Each block of outputs turned by half a circle. */
    private static Tensor turned(Tensor tensor, int scale) {
        int outputs = tensor.side(0);
        int positions = scale * scale;
        int size = tensor.size() / outputs;
        float[] old = tensor.toArray();
        float[] values = new float[old.length];
        for (int o = 0; o < outputs; o++) {
            int from = o / positions * positions + positions - 1 - o % positions;
            System.arraycopy(old, from * size, values, o * size, size);
        }
        int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        return Tensor.of(values, shape);
    }

    @FunctionalInterface
    private interface Weight {
        float of(int output, int input);
    }

    private static Tensor centre(int outputs, int inputs, Weight weight) {
        float[] values = new float[outputs * inputs * 9];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                values[(o * inputs + i) * 9 + 4] = weight.of(o, i);
            }
        }
        return Tensor.of(values, outputs, inputs, 3, 3);
    }

    private static Tensor filled(int size, float value) {
        float[] values = new float[size];
        java.util.Arrays.fill(values, value);
        return Tensor.of(values, size);
    }
}
