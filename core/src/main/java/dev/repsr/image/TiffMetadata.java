package dev.repsr.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a TIFF file's first directory says besides pixels. */
final class TiffMetadata {
    static final int ORIENTATION = 274;
    static final int RESOLUTION_X = 282;
    static final int RESOLUTION_Y = 283;
    static final int RESOLUTION_UNIT = 296;
    static final int XMP = 700;
    static final int IPTC = 33723;
    static final int PROFILE = 34675;
    private static final int MAX_BYTES = 8 << 20;

    private TiffMetadata() {}

    static ImageMetadata of(String name, Bytes in, TiffDirectory tags, boolean big, List<String> warnings) {
        long orientation = tags.number(ORIENTATION, 1);
        return new ImageMetadata(
                profile(name, tags, warnings),
                density(tags),
                orientation >= 1 && orientation <= 8 ? (int) orientation : 1,
                ExifTags.of(in, tags, big).block(),
                TiffProbe.block(tags, XMP, MAX_BYTES),
                TiffProbe.block(tags, IPTC, MAX_BYTES));
    }

    private static ImageMetadata.@Nullable Density density(TiffDirectory tags) {
        long kind = tags.number(RESOLUTION_UNIT, 2);
        double unit = kind == 3 ? 2.54 : 1;
        double x = tags.rational(RESOLUTION_X) * unit;
        double y = tags.rational(RESOLUTION_Y) * unit;
        boolean known = kind > 1 && x > 0 && y > 0 && x < 1e6 && y < 1e6;
        return known ? new ImageMetadata.Density(x, y) : null;
    }

    private static @Nullable IccProfile profile(String name, TiffDirectory tags, List<String> warnings) {
        if (!tags.has(PROFILE)) {
            return null;
        }
        byte[] bytes = tags.bytes(PROFILE, IccProfile.MAX_BYTES);
        return IccProfile.sound(name, bytes == null ? new byte[0] : bytes, warnings);
    }
}
