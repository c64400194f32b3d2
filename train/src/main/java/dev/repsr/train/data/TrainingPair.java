package dev.repsr.train.data;

import dev.repsr.image.Bicubic;
import dev.repsr.image.Picture;
import dev.repsr.io.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A training picture and its reduction by the metric's own bicubic, both RGB of 8 bits.
 *
 * @param hr sides are multiples of the scale
 * @param lr smaller by the scale
 */
record TrainingPair(Picture hr, Picture lr) {

    /** Cuts right and lower edges off {@code picture} so that its sides are multiples of {@code scale}. */
    static TrainingPair of(Picture picture, int scale) {
        int width = picture.width() / scale * scale;
        int height = picture.height() / scale * scale;
        Picture hr = picture.toRgb8().crop(0, 0, width, height);
        return new TrainingPair(hr, Bicubic.reduce(hr, scale));
    }

    /** SHA-256 over width, height and samples of the original, which decides the reduced one too. */
    byte[] digest() {
        MessageDigest digest = Sha256.digest();
        digest.update(
                ByteBuffer.allocate(8).putInt(hr.width()).putInt(hr.height()).array());
        double[] samples = new double[hr.width() * 3];
        byte[] row = new byte[samples.length];
        for (int y = 0; y < hr.height(); y++) {
            hr.copySamples(y, samples);
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) (int) samples[i];
            }
            digest.update(row);
        }
        return digest.digest();
    }

    /** Copies the oriented patch into two batches, [N, 3, patch, patch] and [N, 3, patch * scale, patch * scale] in 0..1. */
    void copyPatch(Sample sample, int patch, int scale, int position, float[] lrBatch, float[] hrBatch) {
        int x = (int) (sample.x() * (lr.width() - patch + 1));
        int y = (int) (sample.y() * (lr.height() - patch + 1));
        copy(lr, x, y, patch, sample, lrBatch, position);
        copy(hr, x * scale, y * scale, patch * scale, sample, hrBatch, position);
    }

    private static void copy(Picture picture, int left, int top, int side, Sample sample, float[] batch, int position) {
        int plane = side * side;
        int base = position * 3 * plane;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int source = Orientation.source(sample.orientation(), x, y, side);
                int fromX = left + source % side;
                int fromY = top + source / side;
                for (int c = 0; c < 3; c++) {
                    batch[base + c * plane + y * side + x] = picture.sample(fromX, fromY, sample.colour(c)) / 255f;
                }
            }
        }
    }
}
