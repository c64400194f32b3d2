package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * Alpha enlarged as a grey picture, but where a pixel and its eight neighbours have the same alpha, that alpha is kept to
 * the bit: what was opaque or empty must stay so, and a network is only nearly exact on flat areas. Elsewhere it is
 * clamped to 0..1.
 */
final class AlphaRows implements PictureRows {
    private final PictureRows enlarged;
    private final int width;
    private final int height;
    private final int scale;

    /** The input rows from {@link #keptTop} on that were read already. */
    private final Deque<float[]> kept = new ArrayDeque<>();

    private int keptTop;
    private int nextRow;
    private final float[] least;
    private final float[] most;

    /** @param enlarge the grey picture's enlargement by a whole factor */
    AlphaRows(PictureRows alpha, UnaryOperator<PictureRows> enlarge) {
        this.width = alpha.format().width();
        this.height = alpha.format().height();
        this.enlarged = enlarge.apply(new Kept(alpha));
        this.scale = enlarged.format().width() / width;
        this.least = new float[width];
        this.most = new float[width];
    }

    @Override
    public PictureFormat format() {
        return enlarged.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        enlarged.readRow(row);
        if (nextRow % scale == 0) {
            boundNeighbours(nextRow / scale);
        }
        nextRow++;
        for (int x = 0; x < width; x++) {
            int left = Math.max(0, x - 1);
            int right = Math.min(width - 1, x + 1);
            float low = Math.min(least[left], Math.min(least[x], least[right]));
            float high = Math.max(most[left], Math.max(most[x], most[right]));
            boolean flat = low == high;
            for (int i = x * scale; i < (x + 1) * scale; i++) {
                row[i] = flat ? low : Math.clamp(row[i], 0f, 1f);
            }
        }
    }

    /** Finds the least and greatest alpha of rows {@code y - 1} to {@code y + 1} in each column. */
    private void boundNeighbours(int y) {
        while (keptTop < y - 1) {
            kept.removeFirst();
            keptTop++;
        }
        int rows = Math.min(height, y + 2) - keptTop;
        boolean first = true;
        for (float[] alpha : kept) {
            if (rows-- == 0) {
                break;
            }
            for (int x = 0; x < width; x++) {
                least[x] = first ? alpha[x] : Math.min(least[x], alpha[x]);
                most[x] = first ? alpha[x] : Math.max(most[x], alpha[x]);
            }
            first = false;
        }
    }

    @Override
    public void close() throws IOException {
        enlarged.close();
    }

    /** Remembers the rows that pass through. The network's radius is at least 1, so row y + 1 passes before row y comes out. */
    private final class Kept implements PictureRows {
        private final PictureRows alpha;

        Kept(PictureRows alpha) {
            this.alpha = alpha;
        }

        @Override
        public PictureFormat format() {
            return alpha.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            alpha.readRow(row);
            kept.addLast(row.clone());
        }

        @Override
        public void close() throws IOException {
            alpha.close();
        }
    }
}
