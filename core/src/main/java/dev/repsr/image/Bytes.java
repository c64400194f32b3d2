package dev.repsr.image;

import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers in the bytes of a file; a read beyond the end throws {@link IndexOutOfBoundsException}. */
final class Bytes {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final ByteOrder order;

    Bytes(byte[] bytes, int from, int to, ByteOrder order) {
        if (from < 0 || to < from || to > bytes.length) {
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.order = order;
    }

    static Bytes bigEndian(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length, ByteOrder.BIG_ENDIAN);
    }

    static Bytes littleEndian(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length, ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return to - from;
    }

    int u8(long at) {
        if (at < 0 || at >= length()) {
            throw new IndexOutOfBoundsException("byte " + at + " of " + length());
        }
        return bytes[from + (int) at] & 0xFF;
    }

    int u16(long at) {
        int first = u8(at);
        int second = u8(at + 1);
        return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
    }

    long u32(long at) {
        long first = u16(at);
        long second = u16(at + 2);
        return order == ByteOrder.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
    }

    /** Eight bytes; more than fits a positive {@code long} is beyond the end of everything. */
    long u64(long at) {
        long first = u32(at);
        long second = u32(at + 4);
        long value = order == ByteOrder.BIG_ENDIAN ? first << 32 | second : second << 32 | first;
        return value < 0 ? Long.MAX_VALUE : value;
    }

    ByteOrder order() {
        return order;
    }

    /** A copy of {@code count} bytes. */
    byte[] copy(long at, int count) {
        if (at < 0 || count < 0 || at > length() - count) {
            throw new IndexOutOfBoundsException(count + " bytes at " + at + " of " + length());
        }
        return Arrays.copyOfRange(bytes, from + (int) at, from + (int) at + count);
    }

    /** Whether these Latin letters stand at {@code at}. */
    boolean has(long at, String letters) {
        if (at + letters.length() > length()) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if (u8(at + i) != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
