package dev.repsr.image;

import java.io.IOException;

/**
 * A picture as a stream of rows, top to bottom: what a decoder gives, the engine transforms and an encoder takes, so that
 * no stage holds more rows than it needs. Not thread-safe.
 */
public interface PictureRows extends AutoCloseable {

    /** Size, channels and depth of the whole picture. */
    PictureFormat format();

    /**
     * Reads the next row into {@code row}: {@code width * channels} samples, interleaved, each in 0..1 (0 is black, 1 is
     * the largest sample of the bit depth). Values outside 0..1 are allowed between stages; encoders clamp and round.
     *
     * @throws IOException if the source fails; a decoder throws {@link ImageRefused}
     * @throws IllegalStateException if all rows have been read
     */
    void readRow(float[] row) throws IOException;

    /**
     * Reads the next row where it costs least: from {@code spare}, filled as {@link #readRow} does, or from an array of the stream's
     * own, which is lent until the next call and must not be written to. That one may be longer than the row.
     *
     * @return the array that holds the row
     */
    default float[] lendRow(float[] spare) throws IOException {
        readRow(spare);
        return spare;
    }

    /** Releases what the stream holds; threads and files included. */
    @Override
    void close() throws IOException;
}
