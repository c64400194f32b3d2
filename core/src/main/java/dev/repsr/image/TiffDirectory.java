package dev.repsr.image;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One directory of a TIFF file or of EXIF data (TIFF 6.0; BigTIFF has wider numbers). Nothing is read before it is asked for. */
final class TiffDirectory {
    static final int BYTE = 1;
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int RATIONAL = 5;
    static final int UNDEFINED = 7;
    static final int LONG8 = 16;
    static final int MAX_ENTRIES = 512;

    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    /**
     * One tag.
     *
     * @param type as TIFF counts them, with a known size
     * @param count number of values
     * @param at position of the first value
     */
    record Entry(int tag, int type, long count, long at) {
        long bytes() {
            return count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * SIZES[type];
        }
    }

    private final Bytes in;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private final long next;
    private final boolean complete;

    private TiffDirectory(Bytes in, boolean big, long at) {
        this.in = in;
        long stated = big ? in.u64(at) : in.u16(at);
        this.complete = stated <= MAX_ENTRIES;
        int count = (int) Math.min(stated, MAX_ENTRIES);
        int entryBytes = big ? 20 : 12;
        long first = at + (big ? 8 : 2);
        for (int i = 0; i < count; i++) {
            long entry = first + (long) entryBytes * i;
            add(entry, in.u16(entry), in.u16(entry + 2), big);
        }
        long end = first + (long) entryBytes * count;
        this.next = !complete || end + (big ? 8 : 4) > in.length() ? 0 : big ? in.u64(end) : in.u32(end);
    }

    private void add(long entry, int tag, int type, boolean big) {
        long count = big ? in.u64(entry + 4) : in.u32(entry + 4);
        long at = entry + (big ? 12 : 8);
        if (type < 1 || type >= SIZES.length || SIZES[type] == 0) {
            return;
        }
        Entry inline = new Entry(tag, type, count, at);
        if (inline.bytes() <= (big ? 8 : 4)) {
            entries.putIfAbsent(tag, inline);
        } else {
            entries.putIfAbsent(tag, new Entry(tag, type, count, big ? in.u64(at) : in.u32(at)));
        }
    }

    /**
     * The directory at {@code at}.
     *
     * @throws IndexOutOfBoundsException if it is not whole
     */
    static TiffDirectory read(Bytes in, boolean big, long at) {
        return new TiffDirectory(in, big, at);
    }

    /** Whether it has no more entries than are read. */
    boolean isComplete() {
        return complete;
    }

    /** Position of the next directory, or 0. */
    long next() {
        return next;
    }

    Iterable<Entry> entries() {
        return entries.values();
    }

    @Nullable
    Entry entry(int tag) {
        return entries.get(tag);
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** Number of values of a tag; 0 if there is none. */
    long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count();
    }

    /** The first value of a tag of whole numbers, or what stands for a missing one. */
    long number(int tag, long missing) {
        Entry entry = entries.get(tag);
        return entry == null || entry.count() == 0 ? missing : number(entry, 0, missing);
    }

    /** All values of a tag of whole numbers. */
    long[] numbers(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        if (entry.bytes() > in.length()) {
            throw new IndexOutOfBoundsException("tag " + tag + " has " + entry.count() + " values");
        }
        long[] values = new long[(int) entry.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(entry, i, 0);
        }
        return values;
    }

    private long number(Entry entry, int index, long missing) {
        return switch (entry.type()) {
            case BYTE, UNDEFINED -> in.u8(entry.at() + index);
            case SHORT -> in.u16(entry.at() + 2L * index);
            case LONG, 13 -> in.u32(entry.at() + 4L * index);
            case LONG8, 18 -> in.u64(entry.at() + 8L * index);
            default -> missing;
        };
    }

    /** A fraction, or 0. */
    double rational(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type() != RATIONAL) {
            return 0;
        }
        long divisor = in.u32(entry.at() + 4);
        return divisor == 0 ? 0 : in.u32(entry.at()) / (double) divisor;
    }

    /** The bytes of a tag as they stand in the file; null if there is none, it is longer than {@code most} or not whole. */
    byte @Nullable [] bytes(int tag, int most) {
        Entry entry = entries.get(tag);
        return entry == null ? null : bytes(entry, most);
    }

    byte @Nullable [] bytes(Entry entry, int most) {
        if (entry.bytes() > most || entry.at() > in.length() - entry.bytes()) {
            return null;
        }
        return in.copy(entry.at(), (int) entry.bytes());
    }
}
