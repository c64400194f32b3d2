package dev.repsr.block;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain network in double precision, just merged and not yet rounded to float.
 *
 * @param convolutions head, merged blocks, tail
 * @param slopes PReLU slopes behind each convolution but the last
 */
public record MergedNetwork(int scale, List<MergedConv> convolutions, List<double[]> slopes) {
    /** Checks the sizes. */
    public MergedNetwork {
        convolutions = List.copyOf(convolutions);
        slopes = List.copyOf(slopes);
        if (slopes.size() != convolutions.size() - 1) {
            throw new IllegalArgumentException(
                    convolutions.size() + " convolutions and " + slopes.size() + " activations");
        }
    }

    /**
     * Evaluates in double arithmetic.
     *
     * @param rgb [3, height, width] in 0..1
     * @return [3, height * scale, width * scale]
     */
    public double[] evaluate(double[] rgb, int height, int width) {
        FeatureMap input = new FeatureMap(3, height, width, rgb);
        FeatureMap x = input;
        for (int i = 0; i < slopes.size(); i++) {
            x = x.conv3x3(convolutions.get(i)).prelu(slopes.get(i));
        }
        return x.conv3x3(convolutions.getLast()).shuffleAndAdd(input, scale).values();
    }

    /** The deploy network: every weight rounded to the nearest float. */
    public Network toNetwork() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < convolutions.size(); i++) {
            MergedConv conv = convolutions.get(i);
            String name = "body." + 2 * i;
            tensors.put(name + ".weight", Tensor.of(toFloats(conv.kernel()), conv.out(), conv.in(), 3, 3));
            tensors.put(name + ".bias", Tensor.of(toFloats(conv.bias()), conv.out()));
            if (i < slopes.size()) {
                tensors.put("body." + (2 * i + 1) + ".weight", Tensor.of(toFloats(slopes.get(i)), conv.out()));
            }
        }
        int channels = convolutions.getFirst().out();
        return Network.compact(convolutions.size() - 2, channels, scale, new Weights(tensors));
    }

    private static float[] toFloats(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
