package dev.repsr.app;

import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/**
 * The eight flips and rotations of a picture are enlarged each, turned back and averaged in float arithmetic; one
 * rounding at the end.
 */
final class SelfEnsemble {
    private static final int ORIENTATIONS = 8;
    private static final int RGB = 3;

    private SelfEnsemble() {}

    /** The enlarged picture, RGB of 8 bits. */
    static Picture enlarge(PreparedNetwork network, Picture picture, int threads, long memoryLimit) throws IOException {
        int scale = network.network().scale();
        PictureFormat format = picture.format().resized(picture.width() * scale, picture.height() * scale);
        FloatRows sum = new FloatRows(format);
        FloatRows input = FloatRows.of(picture);
        for (int orientation = 0; orientation < ORIENTATIONS; orientation++) {
            try (EnlargedRows rows = new EnlargedRows(network, input.oriented(orientation), threads, memoryLimit)) {
                sum.addTurnedBack(rows, orientation);
            }
        }
        return Picture.read(sum);
    }

    /** A picture of floats; what is read is divided by nothing: the sum holds an eighth of each part. */
    private static final class FloatRows implements PictureRows {
        private final PictureFormat format;
        private final float[] samples;
        private int next;

        FloatRows(PictureFormat format) {
            this.format = format;
            samples = new float[Math.multiplyExact(format.width() * RGB, format.height())];
        }

        static FloatRows of(Picture picture) {
            FloatRows copy = new FloatRows(picture.format());
            for (int y = 0; y < picture.height(); y++) {
                picture.copyRow(y, copy.samples, y * picture.width() * RGB);
            }
            return copy;
        }

        /** Bit 0 mirrors x, bit 1 mirrors y, bit 2 swaps both. */
        FloatRows oriented(int orientation) {
            boolean turned = (orientation & 4) != 0;
            FloatRows result = new FloatRows(turned ? format.resized(format.height(), format.width()) : format);
            for (int y = 0; y < result.format.height(); y++) {
                for (int x = 0; x < result.format.width(); x++) {
                    int from = index(orientation, x, y);
                    System.arraycopy(samples, from, result.samples, (y * result.format.width() + x) * RGB, RGB);
                }
            }
            return result;
        }

        void addTurnedBack(PictureRows rows, int orientation) throws IOException {
            float[] row = new float[rows.format().width() * RGB];
            for (int y = 0; y < rows.format().height(); y++) {
                rows.readRow(row);
                for (int x = 0; x < rows.format().width(); x++) {
                    int to = index(orientation, x, y);
                    for (int c = 0; c < RGB; c++) {
                        samples[to + c] += row[x * RGB + c] / ORIENTATIONS;
                    }
                }
            }
        }

        /** Where the pixel (x, y) of the oriented picture lies in this one. */
        private int index(int orientation, int x, int y) {
            boolean turned = (orientation & 4) != 0;
            int alongX = turned ? y : x;
            int alongY = turned ? x : y;
            int thisX = (orientation & 1) != 0 ? format.width() - 1 - alongX : alongX;
            int thisY = (orientation & 2) != 0 ? format.height() - 1 - alongY : alongY;
            return (thisY * format.width() + thisX) * RGB;
        }

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] row) {
            System.arraycopy(samples, next * format.width() * RGB, row, 0, format.width() * RGB);
            next++;
        }

        @Override
        public void close() {
            next = format.height();
        }
    }
}
