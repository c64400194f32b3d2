package dev.repsr.image;

import java.io.IOException;

/** Undoes the LZW compression of a GIF frame: codes from the lowest bit on, in blocks of at most 255 bytes. */
final class GifLzw {
    private static final int MOST = 4096;

    private final byte[] file;
    private final short[] prefix = new short[MOST];
    private final byte[] last = new byte[MOST];
    private final byte[] stack = new byte[MOST];
    private int at;
    private int blockLeft;
    private int bits;
    private int bitCount;

    private GifLzw(byte[] file, int from) {
        this.file = file;
        this.at = from;
    }

    /**
     * Decodes a frame's indices.
     *
     * @param from position of the code size
     * @return how many of {@code indices} were in the file
     * @throws IOException if a code makes no sense
     */
    static int decode(byte[] file, int from, byte[] indices) throws IOException {
        if (from >= file.length || file[from] < 1 || file[from] > 11) {
            throw new IOException("a frame has no sound code size");
        }
        return new GifLzw(file, from + 1).decode(file[from], indices);
    }

    private int decode(int size, byte[] indices) throws IOException {
        int clear = 1 << size;
        int next = clear + 2;
        int width = size + 1;
        int before = -1;
        int first = 0;
        int done = 0;
        while (done < indices.length) {
            int code = code(width);
            if (code < 0 || code == clear + 1) {
                return done;
            }
            if (code == clear) {
                next = clear + 2;
                width = size + 1;
                before = -1;
                continue;
            }
            if (code > next || (before < 0 && code > clear)) {
                throw new IOException("its compressed data is broken");
            }
            int depth = 0;
            int left = code;
            if (code == next) {
                stack[depth++] = (byte) first;
                left = before;
            }
            while (left > clear) {
                stack[depth++] = last[left];
                left = prefix[left];
            }
            first = left;
            indices[done++] = (byte) left;
            while (depth > 0 && done < indices.length) {
                indices[done++] = stack[--depth];
            }
            if (before >= 0 && next < MOST) {
                prefix[next] = (short) before;
                last[next++] = (byte) first;
                width += next == 1 << width && width < 12 ? 1 : 0;
            }
            before = code;
        }
        return done;
    }

    private int code(int width) {
        while (bitCount < width) {
            while (blockLeft == 0) {
                if (at >= file.length || file[at] == 0) {
                    return -1;
                }
                blockLeft = file[at++] & 0xFF;
            }
            if (at >= file.length) {
                return -1;
            }
            bits |= (file[at++] & 0xFF) << bitCount;
            blockLeft--;
            bitCount += 8;
        }
        int code = bits & (1 << width) - 1;
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
