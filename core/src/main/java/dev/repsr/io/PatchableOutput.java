package dev.repsr.io;

import java.io.IOException;
import java.io.OutputStream;

/** An output whose earlier bytes can be changed. */
public abstract class PatchableOutput extends OutputStream {
    /**
     * Changes bytes that have been written.
     *
     * @param position of the first one, counted from the beginning of what was written
     */
    public abstract void patch(long position, byte[] bytes) throws IOException;
}
