package dev.repsr.train.data;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.train.degrade.Planes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A picture kept for training, in memory or in a mapped file.
 *
 * @param width pixels a row
 * @param height rows
 * @param samples RGB of 8 bits, row by row, interleaved
 */
record StoredPicture(int width, int height, MemorySegment samples) {

    /** Bytes that a picture takes. */
    static long bytes(Picture picture) {
        return 3L * picture.width() * picture.height();
    }

    /** A copy in memory of an RGB picture of 8 bits. */
    static StoredPicture inMemory(Picture picture) {
        byte[] samples = new byte[Math.toIntExact(bytes(picture))];
        int stride = 3 * picture.width();
        double[] values = new double[stride];
        for (int y = 0; y < picture.height(); y++) {
            copyRow(picture, y, values, samples, y * stride);
        }
        return new StoredPicture(picture.width(), picture.height(), MemorySegment.ofArray(samples));
    }

    /** Writes one row of an RGB picture of 8 bits. */
    static void copyRow(Picture picture, int y, double[] values, byte[] target, int offset) {
        picture.copySamples(y, values);
        for (int i = 0; i < values.length; i++) {
            target[offset + i] = (byte) (int) values[i];
        }
    }

    /** One sample, 0..255. */
    int sample(int x, int y, int colour) {
        return samples.get(ValueLayout.JAVA_BYTE, ((long) y * width + x) * 3 + colour) & 0xFF;
    }

    /** A rectangle of it in float arithmetic, 0..1. */
    Planes planes(int left, int top, int columns, int rows) {
        requireInside(left, top, columns, rows);
        float[] values = new float[3 * columns * rows];
        int plane = columns * rows;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                for (int c = 0; c < 3; c++) {
                    values[c * plane + y * columns + x] = sample(left + x, top + y, c) / 255f;
                }
            }
        }
        return new Planes(columns, rows, values);
    }

    void requireInside(int left, int top, int columns, int rows) {
        Objects.checkFromIndexSize(left, columns, width);
        Objects.checkFromIndexSize(top, rows, height);
    }

    /** Adds all samples. */
    void update(MessageDigest digest) {
        byte[] row = new byte[3 * width];
        for (int y = 0; y < height; y++) {
            MemorySegment.copy(samples, ValueLayout.JAVA_BYTE, (long) y * row.length, row, 0, row.length);
            digest.update(row);
        }
    }

    /** The same as a picture of the library. */
    Picture toPicture() {
        return Picture.of(new PictureFormat(width, height, 3, 8), samples.toArray(ValueLayout.JAVA_BYTE));
    }
}
