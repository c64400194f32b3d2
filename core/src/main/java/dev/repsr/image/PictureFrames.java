package dev.repsr.image;

import java.io.IOException;

/** An animation: pictures of one format, each shown for a while. Not thread-safe. */
public interface PictureFrames {
    /** Format of every frame. */
    PictureFormat format();

    /** Number of frames, at least 2. */
    int count();

    /** How often it is played; 0 is for ever, -1 is once, without saying so. */
    int loops();

    /**
     * How long frame {@code index} is shown, in hundredths of a second.
     *
     * @param index 0 to {@code count() - 1}
     */
    int delay(int index);

    /**
     * The next frame, to be read and closed before the next one is asked for.
     *
     * @throws IOException if it cannot be read; a decoder throws {@link ImageRefused}
     */
    PictureRows next() throws IOException;
}
