package dev.repsr.check;

/** How blocks rise compared with how the input does: across or down by across or down. */
final class Rises {
    /** Squared rise of blocks, or all that is in them, of the input, and products of the two. */
    private double detail;

    private double gradient;

    /** Pixels that these were added of. */
    private double pixels;

    private final double[][] common = new double[2][2];

    /** Adds the rise of luma at a pixel on a slope, as its block has it and as its neighbours in the input have it. */
    void add(double weight, double blockAcross, double blockDown, double across, double down) {
        add(weight, blockAcross * blockAcross + blockDown * blockDown, blockAcross, blockDown, across, down);
    }

    /**
     * The same with all that the block has in it, not its rise alone.
     *
     * @param squares sum of its squares, as a multiple of what a block has that rises by 1 and has nothing else in it
     */
    void add(double weight, double squares, double blockAcross, double blockDown, double across, double down) {
        pixels += weight;
        detail += weight * squares;
        gradient += weight * (across * across + down * down);
        common[0][0] += weight * blockAcross * across;
        common[0][1] += weight * blockAcross * down;
        common[1][0] += weight * blockDown * across;
        common[1][1] += weight * blockDown * down;
    }

    /** Correlation of the blocks' rise with the input's, -1 to 1; 1 where nothing rises. */
    double correlation() {
        return correlation(common[0][0] + common[1][1]);
    }

    /** The greatest correlation that the blocks would have if each were mirrored, turned or transposed. */
    double correlationTurned() {
        double straight = Math.max(Math.abs(common[0][0] - common[1][1]), -(common[0][0] + common[1][1]));
        double transposed = Math.max(Math.abs(common[0][1] + common[1][0]), Math.abs(common[0][1] - common[1][0]));
        return correlation(Math.max(straight, transposed));
    }

    private double correlation(double products) {
        return detail == 0 || gradient == 0 ? 1 : products / Math.sqrt(detail * gradient);
    }

    /** Input pixels on a slope. */
    double pixels() {
        return pixels;
    }

    /** Root of the mean squared rise inside the blocks over that of the input: 0 for nearest-neighbour enlargement. */
    double sharpness() {
        return gradient == 0 ? 0 : Math.sqrt(detail / gradient);
    }
}
