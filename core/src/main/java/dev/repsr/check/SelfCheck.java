package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares an enlarged picture with its input while the rows of both pass by. Reduced to the input's size, the one must agree with
 * the other; {@link Verdict} says what that means.
 *
 * <p>Wrap the input's rows by {@link #input} and the enlarged ones by {@link #output}, and read both in one thread. The rows of
 * the input must have been read at least one row ahead of what is made of them.
 */
public final class SelfCheck {
    /** Side of a cell in input pixels. */
    private static final int CELL = 8;

    private static final int ENOUGH_ROWS = 128;

    /** Shares in the luma (BT.601). */
    private static final double RED = 0.299;

    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private final String name;
    private final PictureFormat format;
    private final int channels;
    private final int scale;
    private final BlockMeans blocks;
    private final List<BlockOrder> orders;
    private final Agreement colour;
    private final @Nullable Agreement alpha;

    /** Rows of the input from {@link #firstKept} on. */
    private final Deque<float[]> kept = new ArrayDeque<>();

    private int firstKept;
    private int nextBlock;

    private final CellRow cells;

    /**
     * Begins a check.
     *
     * @param name of the input, for messages
     * @param input size and channels of the input
     * @param scale whole enlargement of each side
     */
    public SelfCheck(String name, PictureFormat input, int scale) {
        this.name = name;
        this.format = input;
        this.channels = input.channels();
        this.scale = scale;
        this.blocks = new BlockMeans(input.width(), channels, scale);
        boolean ordered = scale > 1 && input.colourChannels() == 3;
        this.orders = ordered ? BlockOrder.all(channels, scale, RED, GREEN, BLUE) : List.of();
        this.colour = new Agreement(input.colourChannels(), orders);
        this.alpha = input.hasAlpha() ? new Agreement(1, List.of()) : null;
        this.cells = new CellRow(Math.ceilDiv(input.width(), CELL), channels);
    }

    /**
     * Bytes that a check holds at most.
     *
     * @param ahead rows that the input is read ahead of the output
     */
    public static long bytes(PictureFormat input, int scale, long ahead) {
        long rowBytes = (long) Float.BYTES * input.width() * input.channels();
        return (ahead + 2) * rowBytes
                + BlockMeans.bytes(input.width(), input.channels(), scale)
                + 6L * Double.BYTES * Math.ceilDiv(input.width(), CELL) * input.channels();
    }

    /** The same rows, remembered as they are read. */
    public PictureRows input(PictureRows rows) {
        return new Passing(rows) {
            @Override
            void passed(float[] row) {
                kept.addLast(Arrays.copyOf(row, format.width() * channels));
            }
        };
    }

    /**
     * The same rows, checked as they are read; reading throws {@link OutputDisagrees} as soon as a value is no number, and with the
     * last row if the whole does not agree.
     */
    public PictureRows output(PictureRows rows) {
        return new Passing(rows) {
            @Override
            void passed(float[] row) throws OutputDisagrees {
                requireNumbers(row);
                if (blocks.add(row, isSampled())) {
                    compareBlocks();
                    nextBlock++;
                    if (nextBlock == format.height()) {
                        finish();
                    }
                }
            }
        };
    }

    /** Whether the samples of this row of blocks are looked at one by one: a few rows of a large picture tell as much as all. */
    private boolean isSampled() {
        return !orders.isEmpty() && nextBlock % (format.height() / ENOUGH_ROWS + 1) == 0;
    }

    private void requireNumbers(float[] row) throws OutputDisagrees {
        boolean finite = true;
        for (int i = 0; i < format.width() * scale * channels; i++) {
            finite &= Math.abs(row[i]) <= Float.MAX_VALUE;
        }
        if (!finite) {
            throw new OutputDisagrees(name, "it has values that are no numbers");
        }
    }

    private void compareBlocks() {
        while (firstKept < nextBlock - 1) {
            kept.removeFirst();
            firstKept++;
        }
        float[][] near = new float[3][];
        int y = firstKept;
        for (float[] row : kept) {
            if (y >= nextBlock - 1 && y <= nextBlock + 1) {
                near[y - nextBlock + 1] = row;
            }
            y++;
        }
        float[] here = near[1];
        float[] above = near[0] == null ? here : near[0];
        float[] below = near[2] == null ? here : near[2];
        for (int x = 0; x < format.width(); x++) {
            compareBlock(x, above, here, below);
        }
        if ((nextBlock + 1) % CELL == 0 || nextBlock + 1 == format.height()) {
            cells.addTo(colour, alpha);
        }
    }

    private void compareBlock(int x, float[] above, float[] here, float[] below) {
        int at = x * channels;
        double opaque = alpha == null ? 1 : here[at + channels - 1];
        for (int c = 0; c < channels; c++) {
            boolean isAlpha = alpha != null && c == channels - 1;
            cells.add(x / CELL, c, isAlpha ? 1 : opaque, here[at + c], blocks.mean[at + c]);
        }
        if (scale > 1) {
            int left = x == 0 ? at : at - channels;
            int right = x == format.width() - 1 ? at : at + channels;
            double middle = luma(here, at);
            Slope across = new Slope(middle - luma(here, left), luma(here, right) - middle);
            Slope down = new Slope(middle - luma(above, at), luma(below, at) - middle);
            if (across.tells() && down.tells() && !(across.isFlat() && down.isFlat())) {
                colour.rises().add(opaque, luma(blocks.across, at), luma(blocks.down, at), across.rise(), down.rise());
                if (isSampled()) {
                    orders.forEach(order -> order.add(x, blocks.kept, here, opaque, across.rise(), down.rise()));
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

    private void finish() throws OutputDisagrees {
        Optional<String> fault = Verdict.fault(colour);
        if (fault.isEmpty() && alpha != null) {
            fault = Verdict.fault(alpha).map(words -> "in its transparency " + words);
        }
        if (fault.isPresent()) {
            throw new OutputDisagrees(name, fault.get());
        }
    }

    Agreement agreement() {
        return colour;
    }

    /** Rows that somebody else reads, seen on their way. */
    private abstract static class Passing implements PictureRows {
        private final PictureRows rows;

        Passing(PictureRows rows) {
            this.rows = rows;
        }

        abstract void passed(float[] row) throws OutputDisagrees;

        @Override
        public PictureFormat format() {
            return rows.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            rows.readRow(row);
            passed(row);
        }

        @Override
        public float[] lendRow(float[] spare) throws IOException {
            float[] row = rows.lendRow(spare);
            passed(row);
            return row;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
