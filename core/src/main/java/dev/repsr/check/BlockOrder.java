package dev.repsr.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An order that the samples of each block may have been meant to have: how well would blocks agree with the input if they had it?
 *
 * <p>A pixel shuffle takes a network's features in the order of channel, row and column of the block, as PyTorch has them, or of row,
 * column and channel, as TensorFlow has them. To take one for the other leaves means and much of the rises as they are.
 */
final class BlockOrder {
    private static final int COLOURS = 3;

    private final int channels;
    private final int scale;

    /** Which position a sample belongs to, and its share in the luma there, by row and then column and channel where it lies. */
    private final int[][] position;

    private final double[][] share;

    private final double[] luma;

    /** The blocks with all their samples put in that order. */
    private final Rises samples = new Rises();

    /** The blocks with what they add to the input's pixel put in that order, for networks that add it behind the shuffle. */
    private final Rises residuals = new Rises();

    /**
     * @param place where sample i belongs, both counted by channel, row and column
     * @param shares of the three colours in the luma
     */
    private BlockOrder(int channels, int scale, int[] place, double[] shares) {
        this.channels = channels;
        this.scale = scale;
        this.position = new int[scale][scale * COLOURS];
        this.share = new double[scale][scale * COLOURS];
        this.luma = new double[scale * scale];
        int positions = scale * scale;
        for (int i = 0; i < place.length; i++) {
            int row = i % positions / scale;
            int sample = i % scale * COLOURS + i / positions;
            position[row][sample] = place[i] % positions;
            share[row][sample] = shares[place[i] / positions];
        }
    }

    /**
     * The order that samples have, and those that they would have had if either mistake had been made.
     *
     * @param channels of a pixel, of which the first three are colours
     * @param shares of the three colours in the luma
     */
    static List<BlockOrder> all(int channels, int scale, double... shares) {
        int positions = scale * scale;
        int[] own = new int[positions * COLOURS];
        int[] channelsLast = new int[own.length];
        int[] channelsFirst = new int[own.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = i;
            int other = i % COLOURS * positions + i / COLOURS;
            channelsLast[i] = other;
            channelsFirst[other] = i;
        }
        return List.of(
                new BlockOrder(channels, scale, own, shares),
                new BlockOrder(channels, scale, channelsLast, shares),
                new BlockOrder(channels, scale, channelsFirst, shares));
    }

    /**
     * Adds a pixel on a slope.
     *
     * @param block enlarged rows of its input row
     * @param input row of the input
     */
    void add(int x, float[][] block, float[] input, double weight, double across, double down) {
        Arrays.fill(luma, 0);
        for (int y = 0; y < scale; y++) {
            for (int i = 0; i < scale * COLOURS; i++) {
                float sample = block[y][(x * scale + i / COLOURS) * channels + i % COLOURS];
                luma[position[y][i]] += share[y][i] * Math.min(1f, Math.max(0f, sample));
            }
        }
        add(samples, weight, across, down);
        for (int y = 0; y < scale; y++) {
            for (int i = 0; i < scale * COLOURS; i++) {
                luma[position[y][i]] -= share[y][i] * input[x * channels + i % COLOURS];
            }
        }
        add(residuals, weight, across, down);
    }

    private void add(Rises rises, double weight, double across, double down) {
        double middle = (scale - 1) / 2.0;
        double sum = 0;
        for (double value : luma) {
            sum += value;
        }
        double mean = sum / luma.length;
        double squares = 0;
        double right = 0;
        double bottom = 0;
        for (int i = 0; i < luma.length; i++) {
            int row = i / scale;
            double value = luma[i] - mean;
            squares += value * value;
            right += (i % scale - middle) * value;
            bottom += (row - middle) * value;
        }
        double ramp = BlockRises.ramp(scale);
        // So that a block which is nothing but a ramp has the square of its rise.
        rises.add(weight, squares * scale / ramp, right / ramp, bottom / ramp, across, down);
    }

    /** Correlation of the blocks' luma with the input's slopes, at best. */
    double correlation() {
        return Math.max(samples.correlation(), residuals.correlation());
    }

    /**
     * Whether what the blocks have in them in this order fits the slopes.
     *
     * @param least correlation that it must exceed
     * @param leastSharpness of what has so little in it nothing is said
     */
    boolean fits(double least, double leastSharpness) {
        return Stream.of(samples, residuals)
                .anyMatch(rises -> rises.correlation() > least && rises.sharpness() >= leastSharpness);
    }

    /** Input pixels on a slope. */
    double pixels() {
        return samples.pixels();
    }
}
