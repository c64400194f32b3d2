package dev.repsr.block;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One linear step of a {@link Branch}. */
public sealed interface Step {

    /** Channels that it expects. */
    int in();

    /** Channels that it makes. */
    int out();

    /** Whether it looks at neighbours, so that it takes one pixel off each side that it looks over. */
    boolean spatial();

    /** Shape of each of its tensors by name, in a fixed order. */
    SequencedMap<String, int[]> tensors();

    /** How the weights of a convolution begin. */
    enum Start {
        /** Uniform in +-1 / sqrt(fan-in), bias too. */
        FULL,
        /** A tenth of {@link #FULL}: what ends a branch, so that its block starts close to the identity. */
        SMALL,
        /** {@link #SMALL}, plus one from each channel to itself in the centre. */
        SMALL_PLUS_IDENTITY,
        /** One from each channel to itself in the centre, all else zero. */
        IDENTITY
    }

    /**
     * Convolution, stride 1, with a kernel of 1 or 3 rows and 1 or 3 columns.
     *
     * @param weight name of its tensor [out, in, height, width]
     * @param bias name of its tensor [out], or null where it has none
     */
    record Conv(String weight, @Nullable String bias, int in, int out, int height, int width, Start start)
            implements Step {
        /** Checks the ranges. */
        public Conv {
            boolean odd = (height == 1 || height == 3) && (width == 1 || width == 3);
            if (in < 1 || out < 1 || !odd) {
                throw new IllegalArgumentException(
                        weight + ": a convolution " + height + "x" + width + " of " + in + " to " + out + " channels");
            }
        }

        /** A square kernel with a bias called {@code weight.bias}, or without. */
        static Conv square(int side, String weight, boolean bias, int in, int out, Start start) {
            return new Conv(weight, bias ? weight + ".bias" : null, in, out, side, side, start);
        }

        @Override
        public boolean spatial() {
            return height > 1 || width > 1;
        }

        @Override
        public SequencedMap<String, int[]> tensors() {
            SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
            shapes.put(weight, new int[] {out, in, height, width});
            if (bias != null) {
                shapes.put(bias, new int[] {out});
            }
            return shapes;
        }
    }

    /**
     * Batch normalisation: gamma (x - mean) / sqrt(variance + epsilon) + beta.
     *
     * @param name what its tensors' names start with; it ends in "bn", so that statistics can be told by their names
     * @param gamma that it starts with
     */
    record Norm(String name, int channels, float gamma) implements Step {
        /** Checks the name. */
        public Norm {
            if (!name.endsWith("bn")) {
                throw new IllegalArgumentException(name + " does not end in bn");
            }
        }

        /** With a gamma that starts at 1. */
        Norm(String name, int channels) {
            this(name, channels, 1);
        }

        @Override
        public int in() {
            return channels;
        }

        @Override
        public int out() {
            return channels;
        }

        @Override
        public boolean spatial() {
            return false;
        }

        @Override
        public SequencedMap<String, int[]> tensors() {
            SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
            shapes.put(name + ".gamma", new int[] {channels});
            shapes.put(name + ".beta", new int[] {channels});
            shapes.put(name + ".mean", new int[] {channels});
            shapes.put(name + ".variance", new int[] {channels});
            return shapes;
        }
    }

    /**
     * The same fixed 3x3 kernel on each channel, where it is learned times a factor of the channel and plus a bias.
     *
     * @param name what its tensors' names start with
     */
    record Stencil(String name, int channels, Mask mask) implements Step {
        @Override
        public int in() {
            return channels;
        }

        @Override
        public int out() {
            return channels;
        }

        @Override
        public boolean spatial() {
            return true;
        }

        @Override
        public SequencedMap<String, int[]> tensors() {
            SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
            if (mask.learned()) {
                shapes.put(scale(), new int[] {channels});
                shapes.put(bias(), new int[] {channels});
            }
            return shapes;
        }

        /** Name of the factors, [channels]. */
        public String scale() {
            return name + ".scale";
        }

        /** Name of the biases, [channels]. */
        public String bias() {
            return name + ".bias";
        }
    }
}
