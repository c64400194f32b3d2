package dev.repsr.app.folder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the central directory of a zip file says of its entries (APPNOTE.TXT 6.3.10), read within bounds and before anything is
 * unpacked.
 *
 * @param entries in their order
 * @param at stated position of the directory, where the entries' data ends
 * @param comment of the archive
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ZipDirectory(List<Entry> entries, long at, byte[] comment) {
    private static final int END = 0x06054B50;
    private static final int END_BYTES = 22;
    private static final int BIG_END = 0x06064B50;
    private static final int BIG_END_BYTES = 56;
    private static final int BIG_POINTER = 0x07064B50;
    private static final int BIG_POINTER_BYTES = 20;
    private static final int ENTRY = 0x02014B50;
    private static final int ENTRY_BYTES = 46;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int MOST_BYTES = 64 << 20;
    private static final long IN_EXTRA = 0xFFFFFFFFL;
    private static final short BIG_SIZES = 1;
    private static final int LOCAL_BYTES = 30;
    private static final int UTF8_FLAG = 1 << 11;

    /**
     * One entry.
     *
     * @param name as it is stored
     * @param utf8 whether it says that its name is UTF-8
     * @param packed bytes of its data
     * @param unpacked bytes that its data becomes
     * @param at position of its local header
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] name, boolean utf8, long packed, long unpacked, long at) {}

    /** @throws IOException if it is no zip file, or one that contradicts itself */
    static ZipDirectory read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
            ByteBuffer tail = bytes(channel, size - tailBytes, tailBytes);
            int end = end(tail);
            byte[] comment = new byte[Short.toUnsignedInt(tail.getShort(end + 20))];
            tail.get(end + END_BYTES, comment);
            long endAt = size - tailBytes + end;
            long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
            long at = Integer.toUnsignedLong(tail.getInt(end + 16));
            if (bytes == IN_EXTRA || at == IN_EXTRA || tail.getShort(end + 10) == -1) {
                ByteBuffer big = bigEnd(channel, endAt);
                endAt = endAt - BIG_POINTER_BYTES - BIG_END_BYTES;
                bytes = big.getLong(40);
                at = big.getLong(48);
            }
            if (bytes < 0 || bytes > Math.min(MOST_BYTES, endAt)) {
                throw new IOException("its directory does not fit into it");
            }
            // What stands before the archive, a program that unpacks it say, moves all positions.
            return new ZipDirectory(entries(bytes(channel, endAt - bytes, (int) bytes)), at, comment);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (at < 0 || channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it is cut off");
            }
        }
        return bytes.flip();
    }

    private static int end(ByteBuffer tail) throws IOException {
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            int comment = tail.getInt(at) == END ? Short.toUnsignedInt(tail.getShort(at + 20)) : -1;
            if (at + END_BYTES + comment == tail.limit()) {
                return at;
            }
        }
        throw new IOException("its end is missing");
    }

    private static ByteBuffer bigEnd(FileChannel channel, long endAt) throws IOException {
        ByteBuffer pointer = bytes(channel, endAt - BIG_POINTER_BYTES, BIG_POINTER_BYTES);
        ByteBuffer big = bytes(channel, endAt - BIG_POINTER_BYTES - BIG_END_BYTES, BIG_END_BYTES);
        if (pointer.getInt(0) != BIG_POINTER || big.getInt(0) != BIG_END) {
            throw new IOException("its end contradicts itself");
        }
        return big;
    }

    private static List<Entry> entries(ByteBuffer directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (directory.hasRemaining()) {
            int from = directory.position();
            if (directory.remaining() < ENTRY_BYTES || directory.getInt(from) != ENTRY) {
                throw new IOException("its directory is damaged");
            }
            byte[] name = new byte[Short.toUnsignedInt(directory.getShort(from + 28))];
            int extra = Short.toUnsignedInt(directory.getShort(from + 30));
            int comment = Short.toUnsignedInt(directory.getShort(from + 32));
            if (directory.remaining() < ENTRY_BYTES + name.length + extra + comment) {
                throw new IOException("its directory is cut off");
            }
            directory.get(from + ENTRY_BYTES, name);
            long[] sizes = sizes(directory, from, from + ENTRY_BYTES + name.length, extra);
            boolean utf8 = (directory.getShort(from + 8) & UTF8_FLAG) != 0;
            entries.add(new Entry(name, utf8, sizes[1], sizes[0], sizes[2]));
            directory.position(from + ENTRY_BYTES + name.length + extra + comment);
        }
        return entries;
    }

    /** Unpacked and packed size and position: those that are too large for four bytes stand in the extra field, in this order. */
    private static long[] sizes(ByteBuffer directory, int from, int extraAt, int extra) throws IOException {
        long[] sizes = {
            Integer.toUnsignedLong(directory.getInt(from + 24)),
            Integer.toUnsignedLong(directory.getInt(from + 20)),
            Integer.toUnsignedLong(directory.getInt(from + 42))
        };
        int end = extraAt + extra;
        for (int at = extraAt; at + 4 <= end; at += 4 + Short.toUnsignedInt(directory.getShort(at + 2))) {
            int next = at + 4;
            int last = Math.min(end, next + Short.toUnsignedInt(directory.getShort(at + 2)));
            for (int i = 0; i < sizes.length && directory.getShort(at) == BIG_SIZES; i++) {
                if (sizes[i] == IN_EXTRA && next + Long.BYTES <= last) {
                    sizes[i] = directory.getLong(next);
                    next += Long.BYTES;
                }
            }
        }
        return sizes;
    }

    /** Whether two entries share bytes of the file, or one lies in the directory. */
    boolean overlaps() {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::at));
        for (int i = 0; i < sorted.size(); i++) {
            Entry entry = sorted.get(i);
            long next = i + 1 < sorted.size() ? sorted.get(i + 1).at() : at;
            if (entry.at() < 0
                    || entry.packed() < 0
                    || entry.packed() > next - entry.at() - LOCAL_BYTES - entry.name().length) {
                return true;
            }
        }
        return false;
    }

    /** UTF-8 if all that is stored is; else one that gives and takes each byte as it is. */
    Charset charset() {
        for (Entry entry : entries) {
            if (!isUtf8(entry.name())) {
                return StandardCharsets.ISO_8859_1;
            }
        }
        return isUtf8(comment) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
