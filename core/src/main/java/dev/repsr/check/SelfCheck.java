package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks while rows pass by for what can go wrong while a network runs: values that are no numbers, and rows or pieces that are black,
 * garbage, stale or out of place. Cells that differ from the input more than the network's pieces of a known photograph did are
 * computed once more, and must come out the same.
 *
 * <p>Wrap the input's rows by {@link #input} and the enlarged ones by {@link #output}, and read both in one thread. The rows of the
 * input must have been read {@code reach} rows ahead of what is made of them.
 */
public final class SelfCheck {
    /** Of the cells that differ too much, so many are computed once more, the worst first. */
    private static final int MOST_SUSPECTS = 4;

    private final String name;
    private final PictureFormat format;
    private final int channels;
    private final int scale;
    private final int reach;
    private final CellLimit limit;
    private final Enlargement again;
    private final BlockMeans blocks;
    private final RowWindow input;
    private final RowWindow means;
    private final Cells cells;
    private final @Nullable Comparison levels;
    private final List<Suspect> suspects = new ArrayList<>();

    /**
     * Begins a check.
     *
     * @param name of the input, for messages
     * @param format size and channels of the input
     * @param scale whole enlargement of each side
     * @param network what {@link ModelProof} says of it
     * @param strict whether the picture's levels must agree with the input's too, as those of the proof's photograph had to
     */
    public SelfCheck(String name, PictureFormat format, int scale, Checked network, boolean strict) {
        this.name = name;
        this.format = format;
        this.channels = format.channels();
        this.scale = scale;
        this.reach = network.reach();
        this.limit = network.limit();
        this.again = network.again();
        this.blocks = new BlockMeans(format.width(), channels, scale);
        this.input = new RowWindow(format.width() * channels);
        this.means = new RowWindow(format.width() * channels);
        this.cells = new Cells(format, this::look);
        this.levels = strict ? new Comparison(format, scale) : null;
    }

    /**
     * A network whose pictures are checked.
     *
     * @param limit of a cell's difference
     * @param reach pixels of the input to each side that an enlarged pixel depends on
     * @param again how a piece of the input is computed once more
     */
    public record Checked(CellLimit limit, int reach, Enlargement again) {}

    /**
     * Bytes that a check holds at most.
     *
     * @param reach pixels of the input to each side that an enlarged pixel depends on
     * @param ahead rows that the input is read ahead of the output
     */
    public static long bytes(PictureFormat input, int scale, int reach, long ahead) {
        long rowBytes = (long) Float.BYTES * input.width() * input.channels();
        long kept = ahead + reach + 7L * Cells.SIDE;
        PictureFormat piece = piece(input, reach);
        return kept * rowBytes
                + BlockMeans.bytes(input.width(), input.channels(), scale)
                + Cells.bytes(input)
                + Comparison.bytes(input)
                + (MOST_SUSPECTS + 1L) * Float.BYTES * piece.width() * piece.height() * input.channels();
    }

    /** The largest piece that is computed once more. */
    public static PictureFormat piece(PictureFormat input, int reach) {
        int side = 2 * (reach + Cells.SIDE);
        return input.resized(Math.min(side, input.width()), Math.min(side, input.height()));
    }

    /** The same rows, remembered as they are read. */
    public PictureRows input(PictureRows rows) {
        return new Passing(rows) {
            @Override
            void passed(float[] row) {
                input.add(row);
            }
        };
    }

    /** The same rows, checked as they are read; reading throws {@link OutputDisagrees}, at the latest with the last row. */
    public PictureRows output(PictureRows rows) {
        return new Passing(rows) {
            @Override
            void passed(float[] row) throws IOException {
                if (blocks.add(row)) {
                    compareBlocks();
                }
            }
        };
    }

    private void compareBlocks() throws IOException {
        if (!blocks.isFinite()) {
            throw new OutputDisagrees(name, "it has values that are no numbers");
        }
        int y = means.end();
        float[] here = input.row(y);
        means.add(blocks.mean);
        if (levels != null) {
            levels.addLevels(here, blocks.mean);
        }
        cells.add(y == 0 ? here : input.row(y - 1), here, blocks.mean);
        // Two rows of cells are not settled yet.
        int settled = (y / Cells.SIDE - 2) * Cells.SIDE;
        means.dropBefore(settled);
        input.dropBefore(settled - reach);
        if (y + 1 == format.height()) {
            finish();
        }
    }

    private void look(int cellX, int cellY, double difference, double steps) {
        double times = limit.times(difference, steps);
        if (times <= 1
                || (suspects.size() == MOST_SUSPECTS
                        && times <= suspects.getLast().times())) {
            return;
        }
        suspects.add(suspect(cellX, cellY, times));
        suspects.sort(Comparator.comparingDouble(Suspect::times).reversed());
        if (suspects.size() > MOST_SUSPECTS) {
            suspects.removeLast();
        }
    }

    private Suspect suspect(int cellX, int cellY, double times) {
        int left = Cells.begin(cellX);
        int right = Cells.end(cellX, format.width());
        int top = Cells.begin(cellY);
        int bottom = Cells.end(cellY, format.height());
        int from = Math.max(0, left - reach);
        int to = Math.min(format.width(), right + reach);
        int first = Math.max(0, top - reach);
        int end = Math.min(format.height(), bottom + reach);
        return new Suspect(
                times,
                format.resized(to - from, end - first),
                input.copy(first, end, from * channels, to * channels),
                left - from,
                top - first,
                means.copy(top, bottom, left * channels, right * channels),
                "column " + left + ", row " + top);
    }

    private void finish() throws IOException {
        for (Suspect suspect : suspects) {
            refuse(suspect.fault(again, scale));
        }
        if (levels != null) {
            refuse(levels.fault());
        }
    }

    private void refuse(Optional<String> fault) throws OutputDisagrees {
        if (fault.isPresent()) {
            throw new OutputDisagrees(name, fault.get());
        }
    }

    /** Rows that somebody else reads, seen on their way. */
    private abstract static class Passing implements PictureRows {
        private final PictureRows rows;

        Passing(PictureRows rows) {
            this.rows = rows;
        }

        abstract void passed(float[] row) throws IOException;

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
