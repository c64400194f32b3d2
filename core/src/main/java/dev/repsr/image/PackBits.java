package dev.repsr.image;

import java.io.IOException;
import java.io.InputStream;

/** Undoes PackBits (TIFF 6.0, section 9). */
final class PackBits extends InputStream {
    private final InputStream in;
    private int literals;
    private int repeats;
    private int repeated;

    PackBits(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int next = read();
            if (next < 0) {
                return i == 0 ? -1 : i;
            }
            target[offset + i] = (byte) next;
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        while (literals == 0 && repeats == 0) {
            int head = in.read();
            if (head < 0) {
                return -1;
            }
            if (head < 128) {
                literals = head + 1;
            } else if (head > 128) {
                repeats = 257 - head;
                repeated = in.read();
            }
        }
        if (literals > 0) {
            literals--;
            return in.read();
        }
        repeats--;
        return repeated;
    }
}
