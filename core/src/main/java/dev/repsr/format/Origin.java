package dev.repsr.format;

import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.network.Network;
import dev.repsr.network.Weights;

/**
 * The file that is being read, as messages call it.
 *
 * @param name its name
 */
record Origin(String name) {
    private static final String FAMILY =
            " (networks of the compact family are read: 3x3 convolutions with a PReLU each,"
                    + " a 3x3 convolution, pixel shuffle, nearest-neighbour skip)";

    /** Truncated or contradictory. */
    ModelRefused damaged(String what) {
        return new ModelRefused(Reason.DAMAGED, name + ": " + what);
    }

    /** Of another kind than its name or first bytes say. */
    ModelRefused notAModel(String what) {
        return new ModelRefused(Reason.NOT_A_MODEL, name + ": " + what);
    }

    /** Sound, but of a kind that is not read. */
    ModelRefused unsupported(String what) {
        return new ModelRefused(Reason.UNSUPPORTED, name + ": " + what);
    }

    /** A network of another architecture; says what is read. */
    ModelRefused foreign(String what) {
        return unsupported(what + FAMILY);
    }

    /** The compact network of these tensors, whose names are those of {@link Network#compact(Weights)}. */
    Network compact(Weights weights) throws ModelRefused {
        try {
            return Network.compact(weights);
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(Reason.UNSUPPORTED, name + ": " + e.getMessage() + FAMILY, e);
        }
    }
}
