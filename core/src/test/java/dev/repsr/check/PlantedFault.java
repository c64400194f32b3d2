package dev.repsr.check;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.image.ResizedRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What can be wrong with an enlarged picture, planted into a bicubic enlargement, block by block. */
enum PlantedFault {
    NONE,
    /** No fault either: nearest-neighbour enlargement. */
    BLOCKS,
    BLACK,
    CONSTANT,
    RED_AND_BLUE_EXCHANGED,
    RED_AND_GREEN_EXCHANGED,
    SHIFTED,
    SHIFTED_DOWN,
    NOT_A_NUMBER,
    INFINITE,
    BLOCKS_TRANSPOSED,
    BLOCKS_MIRRORED,
    BLOCKS_TURNED,
    CHANNELS_INSIDE_POSITIONS;

    /** Of a bicubic kernel. */
    private static final int REACH = 3;

    private static final float FOUR_LEVELS = 4 / 255f;

    /** A check that takes for right what would be without the fault. */
    SelfCheck check(Picture picture, int scale, boolean strict) {
        PlantedFault none = this == BLOCKS ? BLOCKS : NONE;
        Enlargement right = rows -> {
            Picture piece = Picture.read(rows);
            return none.rows(piece, piece.rows(), scale);
        };
        return new SelfCheck(
                "scene.png", picture.format(), scale, new SelfCheck.Checked(CellLimit.LEAST, REACH, right), strict);
    }

    /** Reads the enlarged picture through the check; the number of rows. */
    int rowsRead(Picture picture, int scale, boolean strict) throws IOException {
        SelfCheck check = check(picture, scale, strict);
        try (PictureRows rows = check.output(rows(picture, check.input(picture.rows()), scale))) {
            return readAll(rows);
        }
    }

    /** Reads all rows; their number. */
    static int readAll(PictureRows rows) throws IOException {
        float[] row = new float[rows.format().width() * rows.format().channels()];
        for (int y = 0; y < rows.format().height(); y++) {
            rows.readRow(row);
        }
        return rows.format().height();
    }

    /** The picture enlarged, with the fault. */
    PictureRows rows(Picture picture, PictureRows input, int scale) {
        PictureRows enlarged = this == BLOCKS
                ? new Nearest(input, scale)
                : new ResizedRows(input, picture.width() * scale, picture.height() * scale);
        return in(enlarged, scale);
    }

    /** These enlarged rows, with the fault. */
    PictureRows in(PictureRows enlarged, int scale) {
        return new Faulty(enlarged, scale, this);
    }

    private void plant(float[] row, int channels, int rowNumber) {
        switch (this) {
            case BLACK -> Arrays.fill(row, 0);
            case CONSTANT -> Arrays.fill(row, 0.45f);
            case RED_AND_BLUE_EXCHANGED -> exchange(row, channels, 0, 2);
            case RED_AND_GREEN_EXCHANGED -> exchange(row, channels, 0, 1);
            case SHIFTED -> add(row, FOUR_LEVELS);
            case SHIFTED_DOWN -> add(row, -FOUR_LEVELS);
            case NOT_A_NUMBER -> row[5] = rowNumber == 50 ? Float.NaN : row[5];
            case INFINITE -> row[5] = rowNumber == 50 ? Float.POSITIVE_INFINITY : row[5];
            case NONE, BLOCKS, BLOCKS_TRANSPOSED, BLOCKS_MIRRORED, BLOCKS_TURNED, CHANNELS_INSIDE_POSITIONS -> {}
        }
    }

    private static void exchange(float[] row, int channels, int a, int b) {
        for (int i = 0; i < row.length; i += channels) {
            float kept = row[i + a];
            row[i + a] = row[i + b];
            row[i + b] = kept;
        }
    }

    private static void add(float[] row, float levels) {
        for (int i = 0; i < row.length; i++) {
            row[i] += levels;
        }
    }

    /** Where a sample of a block comes from: row, column and channel, counted as one number, row by row. */
    private int source(int y, int x, int c, int scale, int channels) {
        return switch (this) {
            case BLOCKS_TRANSPOSED -> (x * scale + y) * channels + c;
            case BLOCKS_MIRRORED -> (y * scale + scale - 1 - x) * channels + c;
            case BLOCKS_TURNED -> ((scale - 1 - y) * scale + scale - 1 - x) * channels + c;
            case CHANNELS_INSIDE_POSITIONS -> {
                int flat = (y * scale + x) * channels + c;
                int positions = scale * scale;
                yield flat % positions * channels + flat / positions;
            }
            case NONE,
                    BLOCKS,
                    BLACK,
                    CONSTANT,
                    RED_AND_BLUE_EXCHANGED,
                    RED_AND_GREEN_EXCHANGED,
                    SHIFTED,
                    SHIFTED_DOWN,
                    NOT_A_NUMBER,
                    INFINITE -> (y * scale + x) * channels + c;
        };
    }

    private static final class Faulty implements PictureRows {
        private final PictureRows rows;
        private final int scale;
        private final PlantedFault fault;
        private final Deque<float[]> ready = new ArrayDeque<>();
        private int rowNumber;

        Faulty(PictureRows rows, int scale, PlantedFault fault) {
            this.rows = rows;
            this.scale = scale;
            this.fault = fault;
        }

        @Override
        public PictureFormat format() {
            return rows.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            if (ready.isEmpty()) {
                readBlocks();
            }
            float[] next = ready.removeFirst();
            fault.plant(next, format().channels(), rowNumber);
            System.arraycopy(next, 0, row, 0, next.length);
            rowNumber++;
        }

        private void readBlocks() throws IOException {
            int channels = format().channels();
            int length = format().width() * channels;
            float[][] right = new float[scale][length];
            for (float[] row : right) {
                rows.readRow(row);
            }
            for (int y = 0; y < scale; y++) {
                float[] row = new float[length];
                for (int i = 0; i < length; i++) {
                    int x = i / channels;
                    int from = fault.source(y, x % scale, i % channels, scale, channels);
                    int fromX = x - x % scale + from / channels % scale;
                    row[i] = right[from / channels / scale][fromX * channels + from % channels];
                }
                ready.add(row);
            }
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    private static final class Nearest implements PictureRows {
        private final PictureRows rows;
        private final int scale;
        private final float[] source;
        private int rowNumber;

        /** The check wants the input a row ahead, as every network reads it. */
        private float[] nextSource;

        private int read;

        Nearest(PictureRows rows, int scale) {
            this.rows = rows;
            this.scale = scale;
            this.source = new float[rows.format().width() * rows.format().channels()];
            this.nextSource = new float[source.length];
        }

        @Override
        public PictureFormat format() {
            PictureFormat small = rows.format();
            return small.resized(small.width() * scale, small.height() * scale);
        }

        @Override
        public void readRow(float[] row) throws IOException {
            int channels = rows.format().channels();
            while (read < rows.format().height() && read <= rowNumber / scale + 1) {
                System.arraycopy(nextSource, 0, source, 0, source.length);
                rows.readRow(nextSource);
                read++;
            }
            if (rowNumber / scale == rows.format().height() - 1) {
                System.arraycopy(nextSource, 0, source, 0, source.length);
            }
            for (int i = 0; i < row.length; i++) {
                row[i] = source[i / channels / scale * channels + i % channels];
            }
            rowNumber++;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
