package dev.repsr.engine;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network as the row-streaming engines run it: convolutions, each with its PReLU, then one pixel shuffle and the
 * nearest-neighbour skip.
 *
 * @param stages first to last, at least one
 * @param scale enlargement of the pixel shuffle; 1 if there is none
 * @param skip whether the enlarged input is added
 */
public record ConvStack(List<Stage> stages, int scale, boolean skip) {

    /**
     * A convolution and the PReLU behind it.
     *
     * @param weight [out, in, 3, 3]
     * @param bias [out]
     * @param slope [out]; ones where no PReLU follows
     */
    public record Stage(Tensor weight, Tensor bias, Tensor slope) {
        /** Number of input channels. */
        public int in() {
            return weight.side(1);
        }

        /** Number of output channels. */
        public int out() {
            return weight.side(0);
        }
    }

    /**
     * Reads the stack from a network's layers.
     *
     * @throws IllegalArgumentException if a layer is out of place; names it
     */
    public static ConvStack of(Network network) {
        Weights weights = network.weights();
        List<Layer> layers = network.layers();
        List<Stage> stages = new ArrayList<>();
        int next = 0;
        while (next < layers.size() && layers.get(next) instanceof Conv3x3 conv) {
            next++;
            Tensor slope = ones(conv.out());
            if (next < layers.size() && layers.get(next) instanceof PRelu relu) {
                slope = weights.get(relu.name() + ".weight");
                next++;
            }
            stages.add(new Stage(weights.get(conv.name() + ".weight"), weights.get(conv.name() + ".bias"), slope));
        }
        int scale = 1;
        if (next < layers.size() && layers.get(next) instanceof PixelShuffle shuffle) {
            scale = shuffle.scale();
            next++;
        }
        boolean skip = next < layers.size() && layers.get(next) instanceof AddNearest;
        next += skip ? 1 : 0;
        if (stages.isEmpty() || next < layers.size()) {
            String what = next < layers.size() ? "layer " + next + " (" + layers.get(next) + ")" : "no convolution";
            throw new IllegalArgumentException(what + ": this engine takes conv 3x3 with or without PReLU, then a pixel"
                    + " shuffle and the nearest-neighbour skip; the engine scalar runs other orders");
        }
        return new ConvStack(List.copyOf(stages), scale, skip);
    }

    private static Tensor ones(int channels) {
        float[] values = new float[channels];
        Arrays.fill(values, 1);
        return Tensor.of(values, channels);
    }
}
