package dev.repsr.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input that can tell whether somebody waits for it: such a wait cannot be interrupted. */
final class StandardInput extends FilterInputStream {
    private volatile boolean waiting;

    StandardInput(InputStream in) {
        super(in);
    }

    /** Whether a thread is in a read at this moment. */
    boolean isWaiting() {
        return waiting;
    }

    @Override
    public int read() throws IOException {
        waiting = true;
        try {
            return super.read();
        } finally {
            waiting = false;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waiting = true;
        try {
            return super.read(bytes, offset, length);
        } finally {
            waiting = false;
        }
    }
}
