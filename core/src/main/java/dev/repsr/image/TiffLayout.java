package dev.repsr.image;

import dev.repsr.image.ExifTags.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Header and directories of a TIFF that is written.
 *
 * @param big BigTIFF
 * @param meta tags that do not speak of the pixels' storage
 * @param deflated deflate with horizontal differences; else plain
 */
record TiffLayout(boolean big, ExifTags meta, PictureFormat format, int rowsPerStrip, boolean deflated) {
    private static final int RATIONAL = 5;
    private static final int UNIT_INCH = 2;
    private static final int DENOMINATOR = 10_000;

    ByteOrder order() {
        return meta.order();
    }

    int headerBytes() {
        return big ? 16 : 8;
    }

    int directoryPointerAt() {
        return big ? 8 : 4;
    }

    byte[] header(long directory) {
        ByteBuffer out = ByteBuffer.allocate(headerBytes()).order(order());
        byte mark = (byte) (order() == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
        out.put(mark).put(mark).putShort((short) (big ? 43 : 42));
        if (big) {
            out.putShort((short) 8).putShort((short) 0).putLong(directory);
        } else {
            out.putInt((int) directory);
        }
        return out.array();
    }

    byte[] pointer(long position) {
        ByteBuffer out = ByteBuffer.allocate(big ? 8 : 4).order(order());
        return (big ? out.putLong(position) : out.putInt((int) position)).array();
    }

    /** Adds the tags for density, profile, XMP and IPTC. */
    static void addMetadata(List<Tag> tags, ImageMetadata metadata, ByteOrder order) {
        ImageMetadata.Density density = metadata.density();
        if (density != null) {
            tags.add(rational(TiffMetadata.RESOLUTION_X, density.x(), order));
            tags.add(rational(TiffMetadata.RESOLUTION_Y, density.y(), order));
            tags.add(shorts(TiffMetadata.RESOLUTION_UNIT, order, UNIT_INCH));
        }
        IccProfile profile = metadata.profile();
        if (profile != null) {
            byte[] bytes = profile.bytes();
            tags.add(new Tag(TiffMetadata.PROFILE, TiffDirectory.UNDEFINED, bytes.length, bytes));
        }
        MetadataBytes xmp = metadata.xmp();
        if (xmp != null) {
            tags.add(new Tag(TiffMetadata.XMP, TiffDirectory.BYTE, xmp.length(), xmp.bytes()));
        }
        MetadataBytes iptc = metadata.iptc();
        if (iptc != null) {
            tags.add(new Tag(TiffMetadata.IPTC, TiffDirectory.UNDEFINED, iptc.length(), iptc.bytes()));
        }
    }

    private static Tag rational(int number, double value, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
        bytes.putInt((int) Math.round(value * (value < 100_000 ? DENOMINATOR : 1)));
        bytes.putInt(value < 100_000 ? DENOMINATOR : 1);
        return new Tag(number, RATIONAL, 1, bytes.array());
    }

    private static Tag shorts(int number, ByteOrder order, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return new Tag(number, TiffDirectory.SHORT, values.length, bytes.array());
    }

    private Tag ints(int number, int value) {
        return new Tag(
                number,
                TiffDirectory.LONG,
                1,
                ByteBuffer.allocate(4).order(order()).putInt(value).array());
    }

    private Tag positions(int number, long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, big ? 8 : 4))
                .order(order());
        for (long value : values) {
            if (big) {
                bytes.putLong(value);
            } else {
                bytes.putInt((int) value);
            }
        }
        return new Tag(number, big ? TiffDirectory.LONG8 : TiffDirectory.LONG, values.length, bytes.array());
    }

    private List<Tag> tags(long[] offsets, long[] counts) {
        List<Tag> tags = new ArrayList<>(meta.main());
        int channels = format.channels();
        int[] depths = new int[channels];
        java.util.Arrays.fill(depths, format.bitDepth());
        tags.add(ints(256, format.width()));
        tags.add(ints(257, format.height()));
        tags.add(shorts(258, order(), depths));
        tags.add(shorts(259, order(), deflated ? 8 : 1));
        tags.add(shorts(262, order(), format.colourChannels() == 3 ? 2 : 1));
        tags.add(positions(273, offsets));
        tags.add(shorts(TiffMetadata.ORIENTATION, order(), 1));
        tags.add(shorts(277, order(), channels));
        tags.add(ints(278, rowsPerStrip));
        tags.add(positions(279, counts));
        tags.add(shorts(284, order(), 1));
        if (deflated) {
            tags.add(shorts(317, order(), 2));
        }
        if (format.hasAlpha()) {
            tags.add(shorts(338, order(), 2));
        }
        return tags;
    }

    /** Bytes of the directory and all that belongs to it. */
    int directoryBytes(int strips) {
        return directory(0, new long[strips], new long[strips]).length;
    }

    /** The directory for position {@code at}, with its values and the directories of EXIF behind it. */
    byte[] directory(long at, long[] offsets, long[] counts) {
        List<Tag> tags = tags(offsets, counts);
        boolean exposure = !meta.exposure().isEmpty();
        boolean place = !meta.place().isEmpty();
        int main = bytes(tags) + (exposure ? entryBytes() : 0) + (place ? entryBytes() : 0);
        long exposureAt = at + main;
        long placeAt = exposureAt + (exposure ? bytes(meta.exposure()) : 0);
        if (exposure) {
            tags.add(position(ExifTags.EXPOSURE, exposureAt));
        }
        if (place) {
            tags.add(position(ExifTags.PLACE, placeAt));
        }
        ByteBuffer out = ByteBuffer.allocate(
                        main + (exposure ? bytes(meta.exposure()) : 0) + (place ? bytes(meta.place()) : 0))
                .order(order());
        put(out, tags, at, 0);
        if (exposure) {
            put(out, meta.exposure(), at, (int) (exposureAt - at));
        }
        if (place) {
            put(out, meta.place(), at, (int) (placeAt - at));
        }
        return out.array();
    }

    private Tag position(int number, long at) {
        return big ? positions(number, new long[] {at}) : ints(number, (int) at);
    }

    private int entryBytes() {
        return big ? 20 : 12;
    }

    private int inline() {
        return big ? 8 : 4;
    }

    private int bytes(List<Tag> tags) {
        int bytes = (big ? 16 : 6) + entryBytes() * tags.size();
        for (Tag tag : tags) {
            bytes += outside(tag);
        }
        return bytes;
    }

    private int outside(Tag tag) {
        return tag.value().length <= inline() ? 0 : (tag.value().length + 7) / 8 * 8;
    }

    private void put(ByteBuffer out, List<Tag> tags, long at, int from) {
        int values = from + (big ? 16 : 6) + entryBytes() * tags.size();
        out.position(from);
        if (big) {
            out.putLong(tags.size());
        } else {
            out.putShort((short) tags.size());
        }
        List<Tag> sorted =
                tags.stream().sorted(Comparator.comparingInt(Tag::number)).toList();
        for (Tag tag : sorted) {
            out.putShort((short) tag.number()).putShort((short) tag.type());
            if (big) {
                out.putLong(tag.count());
            } else {
                out.putInt(tag.count());
            }
            int next = out.position() + inline();
            if (tag.value().length <= inline()) {
                out.put(tag.value());
            } else {
                out.put(pointer(at + values));
                out.position(values).put(tag.value());
                values += outside(tag);
            }
            out.position(next);
        }
    }
}
