package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What can be wrong with a part of an enlarged picture, planted at a place that a seed chooses. */
enum LocalFault {
    BLACK_TILE,
    NOISE_TILE,
    BLACK_ROWS,
    /** All of the picture one input pixel to the right. */
    MOVED_RIGHT,
    /** And down. */
    MOVED_DOWN,
    /** Rows that came before are given once more. */
    STALE_ROWS,
    /** A tile of what lies as far to its left as it is wide. */
    DISPLACED_TILE;

    private static final int TILE = 64;
    private static final int ROWS = 16;

    /** These enlarged rows, with the fault. */
    PictureRows in(PictureRows enlarged, int scale, long seed) {
        PictureFormat format = enlarged.format();
        SplittableRandom random = new SplittableRandom(seed);
        int left = random.nextInt(Math.min(TILE, format.width() - 1), Math.max(TILE + 1, format.width() - TILE));
        int top = random.nextInt(Math.min(ROWS, format.height() - 1), Math.max(ROWS + 1, format.height() - TILE));
        return new Faulty(enlarged, this, scale, left, top, random);
    }

    private static final class Faulty implements PictureRows {
        private final PictureRows rows;
        private final LocalFault fault;
        private final int scale;
        private final int left;
        private final int top;
        private final SplittableRandom random;

        /** All rows that were read. */
        private final List<float[]> read = new ArrayList<>();

        Faulty(PictureRows rows, LocalFault fault, int scale, int left, int top, SplittableRandom random) {
            this.rows = rows;
            this.fault = fault;
            this.scale = scale;
            this.left = left;
            this.top = top;
            this.random = random;
        }

        @Override
        public PictureFormat format() {
            return rows.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            rows.readRow(row);
            read.add(row.clone());
            int y = read.size() - 1;
            int channels = format().channels();
            int from = left * channels;
            int to = Math.min(format().width(), left + TILE) * channels;
            boolean inTile = y >= top && y < top + TILE;
            boolean inRows = y >= top && y < top + ROWS;
            switch (fault) {
                case BLACK_TILE -> {
                    if (inTile) {
                        Arrays.fill(row, from, to, 0);
                    }
                }
                case NOISE_TILE -> {
                    for (int i = from; i < to && inTile; i++) {
                        row[i] = (float) random.nextDouble();
                    }
                }
                case BLACK_ROWS -> {
                    if (inRows) {
                        Arrays.fill(row, 0);
                    }
                }
                case MOVED_RIGHT ->
                    System.arraycopy(read.get(y), 0, row, scale * channels, (format().width() - scale) * channels);
                case MOVED_DOWN ->
                    System.arraycopy(read.get(Math.max(0, y - scale)), 0, row, 0, format().width() * channels);
                case STALE_ROWS -> {
                    if (inRows) {
                        System.arraycopy(read.get(y - ROWS), 0, row, 0, format().width() * channels);
                    }
                }
                case DISPLACED_TILE -> {
                    if (inTile) {
                        System.arraycopy(read.get(y), from - TILE * channels, row, from, to - from);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
