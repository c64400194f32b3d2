package dev.repsr.image;

import java.nio.ByteOrder;

/** Takes samples of 1, 2, 4, 8 or 16 bits, packed from the highest bit on, out of a row's bytes. */
final class PackedSamples {
    private PackedSamples() {}

    /** Bytes of a row of so many samples. */
    static int rowBytes(int samples, int bits) {
        return Math.toIntExact(((long) samples * bits + 7) / 8);
    }

    /** Writes {@code count} samples to {@code to}, {@code from} on, {@code step} apart. */
    static void unpack(byte[] row, int bits, ByteOrder order, int count, int[] to, int from, int step) {
        switch (bits) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    to[from + i * step] = row[i] & 0xFF;
                }
            }
            case 16 -> {
                int high = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
                for (int i = 0; i < count; i++) {
                    to[from + i * step] = ((row[2 * i + high] & 0xFF) << 8) | (row[2 * i + 1 - high] & 0xFF);
                }
            }
            default -> {
                int each = 8 / bits;
                int mask = (1 << bits) - 1;
                for (int i = 0; i < count; i++) {
                    to[from + i * step] = row[i / each] >> (8 - bits - i % each * bits) & mask;
                }
            }
        }
    }
}
