package dev.repsr.check;

import java.util.List;

/**
 * Sums over an enlarged picture and its input that tell whether the two agree: over cells of some input pixels for the levels,
 * over single pixels for the detail inside the blocks.
 */
final class Agreement {
    private static final int BINS = 2001;
    private static final double BIN = 0.1 / 255;

    private final int channels;
    private double weight;
    private final double[] in;
    private final double[] out;
    private final double[] inSquared;
    private final double[] outSquared;
    /** Output channel by input channel. */
    private final double[][] products;
    /** Of each channel: weight of the quiet cells whose difference lies in each bin, and of all of them. */
    private final double[][] differences;

    private final double[] quiet;

    private final Rises rises = new Rises();
    private final List<BlockOrder> orders;

    /**
     * @param channels without alpha, or 1 for alpha itself
     * @param orders that the blocks may have, their own first; none if that is not to be asked
     */
    Agreement(int channels, List<BlockOrder> orders) {
        this.channels = channels;
        this.orders = orders;
        in = new double[channels];
        out = new double[channels];
        inSquared = new double[channels];
        outSquared = new double[channels];
        products = new double[channels][channels];
        differences = new double[channels][BINS];
        quiet = new double[channels];
    }

    /**
     * Adds one cell.
     *
     * @param input mean of each channel in the input
     * @param output mean of each channel in the output
     * @param isQuiet of each channel whether the cell says something of a shift
     */
    void addCell(double cellWeight, double[] input, double[] output, boolean[] isQuiet) {
        weight += cellWeight;
        for (int c = 0; c < channels; c++) {
            in[c] += cellWeight * input[c];
            out[c] += cellWeight * output[c];
            inSquared[c] += cellWeight * input[c] * input[c];
            outSquared[c] += cellWeight * output[c] * output[c];
            for (int d = 0; d < channels; d++) {
                products[c][d] += cellWeight * output[c] * input[d];
            }
            if (!isQuiet[c]) {
                continue;
            }
            quiet[c] += cellWeight;
            int bin = (int) Math.round((output[c] - input[c]) / BIN) + BINS / 2;
            differences[c][Math.clamp(bin, 0, BINS - 1)] += cellWeight;
        }
    }

    /** Input pixels that count, a half transparent one by half. */
    double weight() {
        return weight;
    }

    /** Input pixels that count in quiet cells of one channel. */
    double quiet(int c) {
        return quiet[c];
    }

    /**
     * By how much nearly all quiet cells of a channel differ in one and the same direction: the output minus the input that nine in ten
     * cells reach or exceed, in that direction; negative or 0 if there is no such direction.
     */
    double shift(int c) {
        return Math.max(difference(c, 0.1), -difference(c, 0.9));
    }

    private double difference(int c, double share) {
        double below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += differences[c][bin];
            if (below >= share * quiet[c]) {
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

    /** How the blocks rise where the input does. */
    Rises rises() {
        return rises;
    }

    /** The orders that the samples of the blocks may have, their own first. */
    List<BlockOrder> orders() {
        return orders;
    }

    int channels() {
        return channels;
    }
}
