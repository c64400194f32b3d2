package dev.repsr.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** LZW as GIF has it: codes from the lowest bit on, in blocks of at most 255 bytes. */
final class GifLzwWriter {
    private static final int MOST = 4096;
    private static final int SLOTS = 1 << 14;
    private static final int BLOCK = 255;

    private final OutputStream out;
    private final int size;
    private final byte[] block = new byte[BLOCK];
    /** Prefix and index of each known text, plus one; 0 is a free slot. */
    private final int[] keys = new int[SLOTS];

    private final short[] codes = new short[SLOTS];
    private int blockLength;
    private int bits;
    private int bitCount;
    private int next;
    private int width;

    private GifLzwWriter(OutputStream out, int size) {
        this.out = out;
        this.size = size;
    }

    /**
     * Writes a frame's indices, at least one.
     *
     * @param size bits of an index, 2 to 8
     */
    static void write(byte[] indices, int size, OutputStream out) throws IOException {
        out.write(size);
        new GifLzwWriter(out, size).write(indices);
        out.write(0);
    }

    private void write(byte[] indices) throws IOException {
        width = size + 1;
        clear();
        int prefix = indices[0] & 0xFF;
        for (int i = 1; i < indices.length; i++) {
            int key = ((prefix << 8) | (indices[i] & 0xFF)) + 1;
            int slot = slot(key);
            if (keys[slot] == key) {
                prefix = codes[slot];
                continue;
            }
            code(prefix);
            prefix = indices[i] & 0xFF;
            if (next == MOST) {
                clear();
            } else {
                keys[slot] = key;
                codes[slot] = (short) next;
                // The reader knows each text one code later.
                width += next == 1 << width ? 1 : 0;
                next++;
            }
        }
        code(prefix);
        code((1 << size) + 1);
        if (bitCount > 0) {
            put(bits);
        }
        flush();
    }

    private void clear() throws IOException {
        code(1 << size);
        Arrays.fill(keys, 0);
        next = (1 << size) + 2;
        width = size + 1;
    }

    private int slot(int key) {
        int slot = (key * 0x9E3779B1) >>> 18;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    private void code(int code) throws IOException {
        bits |= code << bitCount;
        bitCount += width;
        while (bitCount >= 8) {
            put(bits);
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void put(int value) throws IOException {
        block[blockLength++] = (byte) value;
        if (blockLength == BLOCK) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (blockLength > 0) {
            out.write(blockLength);
            out.write(block, 0, blockLength);
            blockLength = 0;
        }
    }
}
