package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares an enlarged picture with its input row by row: reduced to the input's size, the one must agree with the other; {@link
 * Verdict} says what that means.
 */
final class Comparison {
    /** Shares in the luma (BT.601). */
    private static final double RED = 0.299;

    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private final PictureFormat format;
    private final int channels;
    private final List<BlockOrder> orders;
    private final Agreement colour;
    private final @Nullable Agreement alpha;
    private final CellRow cells;
    private int rows;

    /**
     * Begins a comparison.
     *
     * @param input size and channels of the input
     * @param scale whole enlargement of each side
     */
    Comparison(PictureFormat input, int scale) {
        this.format = input;
        this.channels = input.channels();
        boolean ordered = scale > 1 && input.colourChannels() == 3;
        this.orders = ordered ? BlockOrder.all(channels, scale, RED, GREEN, BLUE) : List.of();
        this.colour = new Agreement(input.colourChannels(), orders);
        this.alpha = input.hasAlpha() ? new Agreement(1, List.of()) : null;
        this.cells = new CellRow(Math.ceilDiv(input.width(), Cells.SIDE), channels);
    }

    static long bytes(PictureFormat input) {
        return 6L * Double.BYTES * Math.ceilDiv(input.width(), Cells.SIDE) * input.channels();
    }

    /**
     * Adds the levels of a row.
     *
     * @param here row of the input
     * @param mean of each of its blocks
     */
    void addLevels(float[] here, float[] mean) {
        for (int x = 0; x < format.width(); x++) {
            int at = x * channels;
            double opaque = opacity(here, at);
            for (int c = 0; c < channels; c++) {
                boolean isAlpha = alpha != null && c == channels - 1;
                cells.add(x / Cells.SIDE, c, isAlpha ? 1 : opaque, here[at + c], mean[at + c]);
            }
        }
        rows++;
        if (rows % Cells.SIDE == 0 || rows == format.height()) {
            cells.addTo(colour, alpha);
        }
    }

    private double opacity(float[] row, int at) {
        return alpha == null ? 1 : row[at + channels - 1];
    }

    /**
     * Adds what lies inside the blocks of a row.
     *
     * @param above row of the input above it, or itself
     * @param here row of the input
     * @param below row of the input below it, or itself
     */
    void addDetail(float[] above, float[] here, float[] below, BlockRises blocks) {
        for (int x = 0; x < format.width(); x++) {
            int at = x * channels;
            int left = x == 0 ? at : at - channels;
            int right = x == format.width() - 1 ? at : at + channels;
            double middle = luma(here, at);
            Slope across = new Slope(middle - luma(here, left), luma(here, right) - middle);
            Slope down = new Slope(middle - luma(above, at), luma(below, at) - middle);
            if (across.tells() && down.tells() && !(across.isFlat() && down.isFlat())) {
                double opaque = opacity(here, at);
                colour.rises().add(opaque, luma(blocks.across, at), luma(blocks.down, at), across.rise(), down.rise());
                for (BlockOrder order : orders) {
                    order.add(x, blocks.kept, here, opaque, across.rise(), down.rise());
                }
            }
        }
    }

    /** Networks may be trained to be exact in what the eye sees best, and leave the rest as it is. */
    private double luma(float[] samples, int at) {
        return colour.channels() == 1
                ? samples[at]
                : RED * samples[at] + GREEN * samples[at + 1] + BLUE * samples[at + 2];
    }

    /** What is wrong, when all rows were added; empty if nothing is. */
    Optional<String> fault() {
        Optional<String> fault = Verdict.fault(colour);
        return fault.isPresent() || alpha == null
                ? fault
                : Verdict.fault(alpha).map(words -> "in its transparency " + words);
    }
}
