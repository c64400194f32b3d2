package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags of EXIF data (CIPA DC-008) that describe a picture and may move from file to file: what stands beside the pixels
 * in the first directory, and the directories of the exposure and of the place. Values stay in their byte order.
 *
 * @param main descriptive tags of the first directory
 * @param exposure the EXIF directory
 * @param place the GPS directory
 */
record ExifTags(ByteOrder order, List<Tag> main, List<Tag> exposure, List<Tag> place) {
    static final int EXPOSURE = 0x8769;
    static final int PLACE = 0x8825;
    /** Title, maker, model, software, date, artist, host, copyright: what is not about how the pixels are stored. */
    private static final Set<Integer> DESCRIPTIVE = Set.of(270, 271, 272, 305, 306, 315, 316, 33432);
    /** Their values are positions in the old file. */
    private static final Set<Integer> POINTERS = Set.of(0xA005, EXPOSURE, PLACE, 0x014A);

    private static final int MAX_VALUE = 1 << 20;
    private static final int HEADER = 8;

    /**
     * A tag with its value.
     *
     * @param value in the byte order of the whole
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Tag(int number, int type, int count, byte[] value) {}

    static ExifTags of(Bytes in, TiffDirectory tags, boolean big) {
        List<Tag> main = new ArrayList<>();
        for (TiffDirectory.Entry entry : tags.entries()) {
            if (DESCRIPTIVE.contains(entry.tag())) {
                add(main, tags, entry);
            }
        }
        return new ExifTags(in.order(), main, inside(in, tags, EXPOSURE, big), inside(in, tags, PLACE, big));
    }

    /** The tags of EXIF data as JPEG and PNG carry it; nothing of what makes no sense. */
    static ExifTags of(MetadataBytes exif) {
        byte[] bytes = exif.bytes();
        ByteOrder order = bytes.length > 0 && bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        try {
            Bytes in = new Bytes(bytes, 0, bytes.length, order);
            return of(in, TiffDirectory.read(in, false, in.u32(4)), false);
        } catch (IndexOutOfBoundsException e) {
            return new ExifTags(order, List.of(), List.of(), List.of());
        }
    }

    private static List<Tag> inside(Bytes in, TiffDirectory tags, int pointer, boolean big) {
        List<Tag> result = new ArrayList<>();
        long at = tags.number(pointer, 0);
        if (at > 0 && at < in.length() - 2) {
            try {
                TiffDirectory inner = TiffDirectory.read(in, big, at);
                inner.entries().forEach(entry -> add(result, inner, entry));
            } catch (IndexOutOfBoundsException e) {
                return List.of();
            }
        }
        return result;
    }

    private static void add(List<Tag> tags, TiffDirectory from, TiffDirectory.Entry entry) {
        byte[] value = from.bytes(entry, MAX_VALUE);
        boolean classic = entry.type() <= 13;
        if (value != null && classic && !POINTERS.contains(entry.tag())) {
            tags.add(new Tag(entry.tag(), entry.type(), (int) entry.count(), value));
        }
    }

    boolean isEmpty() {
        return main.isEmpty() && exposure.isEmpty() && place.isEmpty();
    }

    /** The tags as EXIF data of their own, or null if there are none. */
    @Nullable
    MetadataBytes block() {
        if (isEmpty()) {
            return null;
        }
        List<Tag> first = new ArrayList<>(main);
        byte[] exif = exposure.isEmpty() ? new byte[0] : directory(exposure, 0);
        int mainBytes = directoryBytes(main) + (exposure.isEmpty() ? 0 : 12) + (place.isEmpty() ? 0 : 12);
        int exifAt = HEADER + mainBytes;
        if (!exposure.isEmpty()) {
            first.add(pointer(EXPOSURE, exifAt));
        }
        if (!place.isEmpty()) {
            first.add(pointer(PLACE, exifAt + exif.length));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(HEADER).order(order);
        head.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(head.get(0));
        head.putShort((short) 42).putInt(HEADER);
        out.writeBytes(head.array());
        out.writeBytes(directory(first, HEADER));
        if (!exposure.isEmpty()) {
            out.writeBytes(directory(exposure, exifAt));
        }
        if (!place.isEmpty()) {
            out.writeBytes(directory(place, exifAt + exif.length));
        }
        return new MetadataBytes(out.toByteArray());
    }

    Tag pointer(int number, int at) {
        byte[] value = ByteBuffer.allocate(4).order(order).putInt(at).array();
        return new Tag(number, TiffDirectory.LONG, 1, value);
    }

    /** Bytes that a directory of these tags takes, with all its values. */
    static int directoryBytes(List<Tag> tags) {
        int bytes = 2 + 12 * tags.size() + 4;
        for (Tag tag : tags) {
            bytes += outside(tag);
        }
        return bytes;
    }

    private static int outside(Tag tag) {
        return tag.value().length <= 4 ? 0 : (tag.value().length + 1) / 2 * 2;
    }

    /** A directory, the last of its chain, for position {@code at}; its values follow it. */
    byte[] directory(List<Tag> tags, int at) {
        ByteBuffer out = ByteBuffer.allocate(directoryBytes(tags)).order(order);
        out.putShort((short) tags.size());
        int values = 2 + 12 * tags.size() + 4;
        for (Tag tag : tags.stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList()) {
            out.putShort((short) tag.number()).putShort((short) tag.type()).putInt(tag.count());
            int next = out.position() + 4;
            if (tag.value().length <= 4) {
                out.put(tag.value());
            } else {
                out.putInt(at + values);
                out.position(values).put(tag.value());
                values += outside(tag);
            }
            out.position(next);
        }
        return out.array();
    }
}
