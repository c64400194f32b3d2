package dev.repsr.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings EXIF data up to date in place, so that everything else, makers' notes with positions of their own included, stays as
 * it was.
 */
final class ExifPatch {
    private static final int ORIENTATION = 0x0112;
    private static final int STORED_WIDTH = 0x0100;
    private static final int STORED_HEIGHT = 0x0101;
    private static final int WIDTH = 0xA002;
    private static final int HEIGHT = 0xA003;
    private static final int SUBJECT_AREA = 0x9214;
    private static final int SUBJECT_PLACE = 0xA214;
    /** Pixels of the sensor for a unit of length. */
    private static final int FOCAL_ACROSS = 0xA20E;

    private static final int FOCAL_DOWN = 0xA20F;
    private static final int INTEROPERABILITY = 0xA005;
    private static final int RELATED_WIDTH = 0x1001;
    private static final int RELATED_HEIGHT = 0x1002;
    private static final int PREVIEW_AT = 0x0201;
    private static final int PREVIEW_BYTES = 0x0202;

    private final byte[] bytes;
    private final Bytes in;
    private final ByteOrder order;

    private ExifPatch(byte[] bytes) {
        this.bytes = bytes;
        this.order = bytes.length > 0 && bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.in = new Bytes(bytes, 0, bytes.length, order);
    }

    /**
     * The data for the new picture; null if it makes no sense, so that its orientation cannot be reset. An orientation that was not
     * applied is left alone.
     */
    static @Nullable MetadataBytes upright(MetadataBytes exif, NewSize size) {
        ExifPatch patch = new ExifPatch(exif.bytes());
        try {
            patch.patch(size);
            return new MetadataBytes(patch.bytes);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** The data with orientation 1, for a picture that is turned by something else; null if it makes no sense. */
    static @Nullable MetadataBytes stated(MetadataBytes exif) {
        ExifPatch patch = new ExifPatch(exif.bytes());
        try {
            patch.setAll(patch.main(), ORIENTATION, 1);
            return new MetadataBytes(patch.bytes);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private TiffDirectory main() {
        if (!(in.has(0, "II") || in.has(0, "MM")) || in.u16(2) != 42) {
            throw new IndexOutOfBoundsException("no TIFF header");
        }
        return TiffDirectory.read(in, false, in.u32(4));
    }

    private void patch(NewSize size) {
        TiffDirectory main = main();
        if (size.orientation() != 1) {
            setAll(main, ORIENTATION, 1);
        }
        setAll(main, STORED_WIDTH, size.width());
        setAll(main, STORED_HEIGHT, size.height());
        inside(main, ExifTags.EXPOSURE).ifPresent(exposure -> exposure(exposure, size));
        if (main.next() > 0) {
            removePreview(main.next());
            long at = in.u32(4);
            int pointer = (int) (at + 2 + 12L * in.u16(at));
            ByteBuffer.wrap(bytes).putInt(pointer, 0);
        }
    }

    private void exposure(TiffDirectory inner, NewSize size) {
        setAll(inner, WIDTH, size.width());
        setAll(inner, HEIGHT, size.height());
        subject(inner, SUBJECT_AREA, size);
        subject(inner, SUBJECT_PLACE, size);
        double across = whole(inner, FOCAL_ACROSS) == null ? 0 : inner.rational(FOCAL_ACROSS);
        double down = whole(inner, FOCAL_DOWN) == null ? 0 : inner.rational(FOCAL_DOWN);
        set(inner, FOCAL_ACROSS, (size.isTurned() ? down : across) * size.across());
        set(inner, FOCAL_DOWN, (size.isTurned() ? across : down) * size.down());
        inside(inner, INTEROPERABILITY).ifPresent(related -> {
            setAll(related, RELATED_WIDTH, size.width());
            setAll(related, RELATED_HEIGHT, size.height());
        });
    }

    /** The directory that a tag points to; empty if nobody can read it. */
    private Optional<TiffDirectory> inside(TiffDirectory directory, int pointer) {
        long at = directory.number(pointer, 0);
        try {
            return at > 0 ? Optional.of(TiffDirectory.read(in, false, at)) : Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A tag whose values all lie in the data; null if there is none. */
    private TiffDirectory.@Nullable Entry whole(TiffDirectory directory, int tag) {
        TiffDirectory.Entry entry = directory.entry(tag);
        return entry != null && entry.at() <= bytes.length - entry.bytes() ? entry : null;
    }

    /** A place, or one with a diameter, or one with width and height, in pixels. */
    private void subject(TiffDirectory directory, int tag, NewSize size) {
        TiffDirectory.Entry entry = whole(directory, tag);
        if (entry == null || entry.type() != TiffDirectory.SHORT || entry.count() < 2 || entry.count() > 4) {
            return;
        }
        long[] old = directory.numbers(tag);
        long[] now = old.clone();
        now[0] = size.x(old[0], old[1]);
        now[1] = size.y(old[0], old[1]);
        for (int i = 2; i < old.length; i++) {
            long side = old.length == 4 && size.isTurned() ? old[5 - i] : old[i];
            now[i] = Math.round(side * (i == 2 ? size.across() : size.down()));
        }
        ByteBuffer out = ByteBuffer.wrap(bytes).order(order);
        for (int i = 0; i < now.length; i++) {
            out.putShort((int) entry.at() + 2 * i, (short) Math.clamp(now[i], 0, 0xFFFF));
        }
    }

    private void set(TiffDirectory directory, int tag, double value) {
        TiffDirectory.Entry entry = whole(directory, tag);
        if (entry != null && entry.type() == TiffDirectory.RATIONAL && value > 0) {
            int divisor = value < 1e6 ? 1_000 : 1;
            ByteBuffer.wrap(bytes)
                    .order(order)
                    .putInt((int) entry.at(), (int) Math.round(value * divisor))
                    .putInt((int) entry.at() + 4, divisor);
        }
    }

    private void removePreview(long at) {
        if (at > bytes.length - 2) {
            return;
        }
        TiffDirectory preview = TiffDirectory.read(in, false, at);
        long from = preview.number(PREVIEW_AT, 0);
        long count = preview.number(PREVIEW_BYTES, 0);
        for (long i = from; from > 0 && i < from + count && i < bytes.length; i++) {
            bytes[(int) i] = 0;
        }
    }

    /** Makes all values of a tag of whole numbers this one; a single SHORT becomes a LONG where it has to. */
    private void setAll(TiffDirectory directory, int tag, int value) {
        TiffDirectory.Entry entry = whole(directory, tag);
        if (entry == null) {
            return;
        }
        int at = (int) entry.at();
        ByteBuffer out = ByteBuffer.wrap(bytes).order(order);
        if (entry.type() == TiffDirectory.SHORT && value > 0xFFFF && entry.count() == 1) {
            out.putShort(at - 6, (short) TiffDirectory.LONG).putInt(at, value);
            return;
        }
        for (int i = 0; i < entry.count(); i++) {
            if (entry.type() == TiffDirectory.LONG) {
                out.putInt(at + 4 * i, value);
            } else if (entry.type() == TiffDirectory.SHORT && value <= 0xFFFF) {
                out.putShort(at + 2 * i, (short) value);
            } else if (entry.type() == TiffDirectory.BYTE && value <= 0xFF) {
                out.put(at + i, (byte) value);
            }
        }
    }
}
