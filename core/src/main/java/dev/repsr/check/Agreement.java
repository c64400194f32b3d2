package dev.repsr.check;

/**
 * Sums over an enlarged picture and its input that tell whether the two agree: over cells of some input pixels for the levels,
 * over single pixels for the detail inside the blocks.
 */
final class Agreement {
    private static final int BINS = 2001;
    private static final double BIN = 0.1 / 255;

    /** Cells this near black or white may have been clamped, and say nothing of a shift. */
    private static final double NEAR_END = 6.0 / 255;

    private final int channels;
    private double weight;
    private final double[] in;
    private final double[] out;
    private final double[] inSquared;
    private final double[] outSquared;
    /** Output channel by input channel. */
    private final double[][] products;
    /** Of each channel: weight of the cells whose difference lies in each bin, and of all of them. */
    private final double[][] differences;

    private final double[] unclamped;

    /** Squared rise of blocks and of the input, and products of the two: across or down by across or down. */
    private double detail;

    private double gradient;
    private final double[][] common = new double[2][2];

    /** @param channels without alpha, or 1 for alpha itself */
    Agreement(int channels) {
        this.channels = channels;
        in = new double[channels];
        out = new double[channels];
        inSquared = new double[channels];
        outSquared = new double[channels];
        products = new double[channels][channels];
        differences = new double[channels][BINS];
        unclamped = new double[channels];
    }

    /** Adds one cell: means of input and output from {@code at} on, one a channel. */
    void addCell(double cellWeight, double[] input, double[] output) {
        weight += cellWeight;
        for (int c = 0; c < channels; c++) {
            in[c] += cellWeight * input[c];
            out[c] += cellWeight * output[c];
            inSquared[c] += cellWeight * input[c] * input[c];
            outSquared[c] += cellWeight * output[c] * output[c];
            for (int d = 0; d < channels; d++) {
                products[c][d] += cellWeight * output[c] * input[d];
            }
            if (input[c] < NEAR_END || input[c] > 1 - NEAR_END) {
                continue;
            }
            unclamped[c] += cellWeight;
            int bin = (int) Math.round((output[c] - input[c]) / BIN) + BINS / 2;
            differences[c][Math.clamp(bin, 0, BINS - 1)] += cellWeight;
        }
    }

    /** Adds the rise of one sample, as its block has it and as its neighbours in the input have it. */
    void addRise(double sampleWeight, double blockAcross, double blockDown, double across, double down) {
        detail += sampleWeight * (blockAcross * blockAcross + blockDown * blockDown);
        gradient += sampleWeight * (across * across + down * down);
        common[0][0] += sampleWeight * blockAcross * across;
        common[0][1] += sampleWeight * blockAcross * down;
        common[1][0] += sampleWeight * blockDown * across;
        common[1][1] += sampleWeight * blockDown * down;
    }

    /** Input pixels that count, a half transparent one by half. */
    double weight() {
        return weight;
    }

    /** Input pixels that count in cells of one channel that are neither black nor white. */
    double unclamped(int c) {
        return unclamped[c];
    }

    /**
     * By how much nearly all cells of a channel differ in one and the same direction: the output minus the input that nine in ten
     * cells reach or exceed, in that direction; negative or 0 if there is no such direction.
     */
    double shift(int c) {
        return Math.max(difference(c, 0.1), -difference(c, 0.9));
    }

    private double difference(int c, double share) {
        double below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += differences[c][bin];
            if (below >= share * unclamped[c]) {
                return (bin - BINS / 2) * BIN;
            }
        }
        return 0;
    }

    /** Root of the mean squared difference of the cells when output channel c is compared with input channel order[c]. */
    double distance(int... order) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += outSquared[c] - 2 * products[c][order[c]] + inSquared[order[c]];
        }
        return Math.sqrt(Math.max(0, sum) / (weight * channels));
    }

    /** Standard deviation of the input's cells, the mean over channels of the variance being taken. */
    double inputDeviation() {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += inSquared[c] / weight - in[c] / weight * (in[c] / weight);
        }
        return Math.sqrt(Math.max(0, sum) / channels);
    }

    /** How much the output's cells change with the input's: 1 as it should be, 0 for a constant output. */
    double gain() {
        double with = 0;
        double own = 0;
        for (int c = 0; c < channels; c++) {
            with += products[c][c] / weight - in[c] / weight * (out[c] / weight);
            own += inSquared[c] / weight - in[c] / weight * (in[c] / weight);
        }
        return own == 0 ? 1 : with / own;
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

    /** Root of the mean squared rise from one input pixel to the next. */
    double roughness() {
        return weight == 0 ? 0 : Math.sqrt(gradient / (weight * channels));
    }

    /** Root of the mean squared rise inside the blocks over that of the input: 0 for nearest-neighbour enlargement. */
    double sharpness() {
        return gradient == 0 ? 0 : Math.sqrt(detail / gradient);
    }

    int channels() {
        return channels;
    }
}
