package dev.repsr.image;

import java.io.IOException;
import java.io.InputStream;

/** Undoes the LZW compression of TIFF (TIFF 6.0, section 13): codes from the highest bit on, widened one code early. */
final class TiffLzw extends InputStream {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int MOST = 4096;

    private final InputStream in;
    private final short[] prefix = new short[MOST];
    private final byte[] last = new byte[MOST];
    private final short[] length = new short[MOST];
    private final byte[] text = new byte[MOST];
    private int textAt = MOST;
    private int next = END + 1;
    private int width = 9;
    private int before = -1;
    private int bits;
    private int bitCount;
    private boolean ended;

    TiffLzw(InputStream in) {
        this.in = in;
        for (int i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
    }

    @Override
    public int read() throws IOException {
        while (textAt == MOST) {
            if (ended || !nextText()) {
                return -1;
            }
        }
        return text[textAt++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (textAt == MOST && (ended || !nextText())) {
                break;
            }
            int part = Math.min(count - done, MOST - textAt);
            System.arraycopy(text, textAt, target, offset + done, part);
            textAt += part;
            done += part;
        }
        return done == 0 && count > 0 ? -1 : done;
    }

    /** Puts the text of the next code to the end of {@link #text}; false when there is none. */
    private boolean nextText() throws IOException {
        int code = code();
        while (code == CLEAR) {
            next = END + 1;
            width = 9;
            before = -1;
            code = code();
        }
        if (code < 0 || code == END) {
            ended = true;
            return false;
        }
        if (code > next || (code == next && before < 0)) {
            throw new IOException("its compressed data is broken");
        }
        if (before >= 0 && next < MOST) {
            prefix[next] = (short) before;
            length[next] = (short) (length[before] + 1);
            last[next] = first(code == next ? before : code);
            next++;
        }
        if (next + 1 >= 1 << width && width < 12) {
            width++;
        }
        before = code;
        spell(code);
        return true;
    }

    private void spell(int code) {
        int at = MOST;
        int left = code;
        for (int i = length[code]; i > 0; i--) {
            text[--at] = last[left];
            left = prefix[left];
        }
        textAt = at;
    }

    private byte first(int code) {
        int left = code;
        for (int i = length[code]; i > 1; i--) {
            left = prefix[left];
        }
        return last[left];
    }

    private int code() throws IOException {
        while (bitCount < width) {
            int read = in.read();
            if (read < 0) {
                return -1;
            }
            bits = bits << 8 | read;
            bitCount += 8;
        }
        bitCount -= width;
        return bits >> bitCount & (1 << width) - 1;
    }
}
