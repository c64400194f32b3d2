package dev.repsr.engine;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Networks of random weights whose feature maps keep about the size of the picture's values; slopes of both signs. */
public final class Networks {
    private Networks() {}

    /** A compact network. */
    public static Network random(int body, int channels, int scale, long seed) {
        return random(scale, Network.compactLayers(body, channels, scale), seed);
    }

    /** A network of these layers. */
    public static Network random(int scale, List<Layer> layers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : layers) {
            if (layer instanceof Conv3x3 conv) {
                double size = Math.sqrt(3 / (4.5 * conv.in()));
                tensors.put(
                        conv.name() + ".weight",
                        Tensor.of(values(random, conv.out() * conv.in() * 9, size), conv.out(), conv.in(), 3, 3));
                tensors.put(conv.name() + ".bias", Tensor.of(values(random, conv.out(), 0.1), conv.out()));
            } else if (layer instanceof PRelu relu) {
                tensors.put(relu.name() + ".weight", Tensor.of(values(random, relu.channels(), 0.5), relu.channels()));
            }
        }
        return new Network(scale, layers, new Weights(tensors));
    }

    /** Random interleaved samples in 0..1. */
    public static float[] picture(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[samples];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(256) / 255f;
        }
        return values;
    }

    private static float[] values(SplittableRandom random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }
}
