package dev.repsr.train.data;

/**
 * Which patch is drawn.
 *
 * @param picture index in the training set
 * @param x left edge of the LR patch, as a share of the positions that there are, 0 to less than 1
 * @param y top edge, likewise
 * @param orientation 0..7, see {@link Orientation}
 * @param colours order of the colours, 0..5; 0 keeps it
 * @param spoil seed of what happens to the patch where it is spoilt
 */
record Sample(int picture, double x, double y, int orientation, int colours, long spoil) {
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    static final int COLOUR_ORDERS = 6;

    /** The picture's colour that becomes colour {@code channel} of the patch. */
    int colour(int channel) {
        return ORDERS[colours][channel];
    }
}
