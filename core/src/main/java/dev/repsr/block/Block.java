package dev.repsr.block;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What stands in the place of one 3x3 convolution while a network is trained: a sum of {@link Branch branches}, each of which is
 * linear once its statistics are fixed.
 *
 * <p>A block holds topology only; its tensors live in {@link dev.repsr.network.Weights} under a prefix.
 */
public sealed interface Block
        permits PlainConv, RepVggBlock, AsymmetricBlock, DiverseBlock, EdgeBlock, Conv3Xc, RepSrBlock, BasedBlock {

    /** Input channels. */
    int in();

    /** Output channels. */
    int out();

    /** Name in configurations and checkpoints. */
    String name();

    /** What is summed. */
    List<Branch> branches();

    /** The same kind of block between other numbers of channels; what needs equal ones (a residual path) is left out. */
    Block between(int in, int out);

    /** Shape of each tensor by its name behind the prefix, in a fixed order. */
    default SequencedMap<String, int[]> tensors() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        for (Branch branch : branches()) {
            branch.steps().forEach(step -> shapes.putAll(step.tensors()));
        }
        return shapes;
    }

    /** Whether it has batch normalisation. */
    default boolean normalised() {
        return branches().stream().flatMap(branch -> branch.steps().stream()).anyMatch(Step.Norm.class::isInstance);
    }

    /**
     * Refuses sizes that no block can have.
     *
     * @throws IllegalArgumentException if one of them is not positive
     */
    static void requirePositive(String block, int... sizes) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException(block + " block: " + size + " is not positive");
            }
        }
    }
}
