package dev.repsr.image;

import java.io.IOException;

/** A decoder that gives a picture's samples row by row, top to bottom. */
interface StoredSamples extends AutoCloseable {

    /** Size, channels and depth of what is given; known before the first row. */
    PictureFormat format();

    /**
     * Reads row {@code y}: {@code width * channels} samples, 0..255 or 0..65535.
     *
     * @throws IOException if the file ends or is damaged
     */
    void read(int y, int[] samples) throws IOException;

    @Override
    default void close() {}
}
