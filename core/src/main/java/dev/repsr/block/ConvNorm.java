package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Start;
import java.util.List;

/** A convolution and its normalisation, or with a bias instead: the pair that most blocks are made of. */
final class ConvNorm {
    private ConvNorm() {}

    /** The tensors are {@code name} and, where normalised, {@code name.bn.*}, else {@code name.bias}. */
    static List<Step> of(boolean normalised, String name, int in, int out, int height, int width, Start start) {
        return normalised
                ? List.of(new Conv(name, null, in, out, height, width, start), new Norm(name + ".bn", out))
                : List.of(new Conv(name, name + ".bias", in, out, height, width, start));
    }
}
