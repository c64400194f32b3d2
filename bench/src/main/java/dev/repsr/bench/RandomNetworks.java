package dev.repsr.bench;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Compact networks of seeded random weights (He's bound), and random pictures: speed does not depend on what was learnt. */
final class RandomNetworks {
    private RandomNetworks() {}

    static Network compact(int body, int channels, int scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : Network.compactLayers(body, channels, scale)) {
            if (layer instanceof Conv3x3 conv) {
                double bound = Math.sqrt(6.0 / (9 * conv.in()));
                float[] weight = values(random, conv.out() * conv.in() * 9, bound);
                tensors.put(conv.name() + ".weight", Tensor.of(weight, conv.out(), conv.in(), 3, 3));
                tensors.put(conv.name() + ".bias", Tensor.of(values(random, conv.out(), 0.1), conv.out()));
            } else if (layer instanceof PRelu relu) {
                tensors.put(relu.name() + ".weight", Tensor.of(values(random, relu.channels(), 0.3), relu.channels()));
            }
        }
        return Network.compact(body, channels, scale, new Weights(tensors));
    }

    /** Interleaved RGB samples of 8 bits, in 0..1. */
    static float[] picture(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] picture = new float[3 * width * height];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = random.nextInt(256) / 255f;
        }
        return picture;
    }

    private static float[] values(SplittableRandom random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }
}
