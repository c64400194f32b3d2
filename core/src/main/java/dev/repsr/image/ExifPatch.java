package dev.repsr.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Brings EXIF data up to date in place, so that everything else, makers' notes with positions of their own included, stays as
 * it was.
 */
final class ExifPatch {
    private static final int ORIENTATION = 0x0112;
    private static final int WIDTH = 0xA002;
    private static final int HEIGHT = 0xA003;
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

    /** The data for an upright picture of this size; null if it makes no sense, so that its orientation cannot be reset. */
    static @Nullable MetadataBytes upright(MetadataBytes exif, int width, int height) {
        ExifPatch patch = new ExifPatch(exif.bytes());
        try {
            patch.patch(width, height);
            return new MetadataBytes(patch.bytes);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private void patch(int width, int height) {
        if (!(in.has(0, "II") || in.has(0, "MM")) || in.u16(2) != 42) {
            throw new IndexOutOfBoundsException("no TIFF header");
        }
        long at = in.u32(4);
        TiffDirectory main = TiffDirectory.read(in, false, at);
        set(main, ORIENTATION, 1);
        long exposure = main.number(ExifTags.EXPOSURE, 0);
        if (exposure > 0 && exposure < bytes.length - 2) {
            TiffDirectory inner = TiffDirectory.read(in, false, exposure);
            set(inner, WIDTH, width);
            set(inner, HEIGHT, height);
        }
        if (main.next() > 0) {
            removePreview(main.next());
            int pointer = (int) (at + 2 + 12L * in.u16(at));
            ByteBuffer.wrap(bytes).putInt(pointer, 0);
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

    /** Makes a tag of whole numbers one LONG or SHORT of this value; its value stands in the entry itself. */
    private void set(TiffDirectory directory, int tag, int value) {
        TiffDirectory.Entry entry = directory.entry(tag);
        if (entry == null
                || entry.count() != 1
                || (entry.type() != TiffDirectory.SHORT && entry.type() != TiffDirectory.LONG)) {
            return;
        }
        int at = (int) entry.at();
        ByteBuffer out = ByteBuffer.wrap(bytes).order(order);
        if (entry.type() == TiffDirectory.SHORT && value <= 0xFFFF) {
            out.putShort(at, (short) value);
        } else {
            out.putShort(at - 6, (short) TiffDirectory.LONG).putInt(at, value);
        }
    }
}
