package dev.repsr;

import java.io.InterruptedIOException;

/** The job was cancelled, or its thread interrupted, before the picture was done; no output was left behind. */
public final class UpscaleCancelled extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    UpscaleCancelled(String name) {
        super(name + ": cancelled before it was done");
    }
}
