package dev.repsr;

/** How large pictures are to become. Sizes in pixels keep the picture's shape: the other side follows, rounded. */
public sealed interface TargetSize {
    /** Most that a side may be multiplied by. */
    double MAX_FACTOR = 8;

    /** As large as the network makes it, whatever its scale is. */
    TargetSize OF_THE_NETWORK = new OfTheNetwork();

    /**
     * By how much each side of a picture of this size is to be multiplied; below 1 it is too large.
     *
     * @param scale of the network that would run if no size were asked for
     */
    double factor(int width, int height, int scale);

    /** As large as the network makes it. */
    record OfTheNetwork() implements TargetSize {
        @Override
        public double factor(int width, int height, int scale) {
            return scale;
        }
    }

    /**
     * Both sides so many times as long.
     *
     * @param factor 1 to 8
     */
    record Times(double factor) implements TargetSize {
        /** Checks the range. */
        public Times {
            if (!(factor >= 1 && factor <= MAX_FACTOR)) {
                throw new IllegalArgumentException("enlargement " + factor + " is not in 1 to 8");
            }
        }

        @Override
        public double factor(int width, int height, int scale) {
            return factor;
        }
    }

    /** This many pixels across. */
    record Width(int pixels) implements TargetSize {
        /** Checks the range. */
        public Width {
            requirePixels(pixels);
        }

        @Override
        public double factor(int width, int height, int scale) {
            return pixels / (double) width;
        }
    }

    /** This many pixels down. */
    record Height(int pixels) implements TargetSize {
        /** Checks the range. */
        public Height {
            requirePixels(pixels);
        }

        @Override
        public double factor(int width, int height, int scale) {
            return pixels / (double) height;
        }
    }

    /** This many pixels along the longer side. */
    record LongSide(int pixels) implements TargetSize {
        /** Checks the range. */
        public LongSide {
            requirePixels(pixels);
        }

        @Override
        public double factor(int width, int height, int scale) {
            return pixels / (double) Math.max(width, height);
        }
    }

    /** As many pixels as fit into a box: neither side is longer than this. */
    record Fitting(int width, int height) implements TargetSize {
        /** Checks the range. */
        public Fitting {
            requirePixels(width);
            requirePixels(height);
        }

        @Override
        public double factor(int width, int height, int scale) {
            return Math.min(this.width / (double) width, this.height / (double) height);
        }
    }

    private static void requirePixels(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("a side of " + pixels + " pixels");
        }
    }
}
