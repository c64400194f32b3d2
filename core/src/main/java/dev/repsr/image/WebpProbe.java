package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.SectionInput.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a WebP file (RFC 9649). The decoder is shown a still picture without metadata: its pixels, its alpha and
 * a header of our own.
 */
final class WebpProbe {
    private static final int MAX_CHUNKS = 10_000;
    private static final int MAX_METADATA = 8 << 20;
    private static final int FIRST = 12;
    private static final int FRAME_HEADER = 16;

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final ImageLimits limits;
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Section pixels;
    private @Nullable Section alpha;
    private @Nullable IccProfile profile;
    private @Nullable MetadataBytes exif;
    private @Nullable MetadataBytes xmp;
    private int canvasWidth;
    private int canvasHeight;
    private boolean animated;

    private WebpProbe(String name, byte[] file, ImageLimits limits) {
        this.name = name;
        this.file = file;
        this.in = Bytes.littleEndian(file);
        this.limits = limits;
    }

    static OtherHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new WebpProbe(name, file, limits).probe();
    }

    private OtherHeader probe() throws ImageRefused {
        walk(FIRST, file.length, 0);
        Section found = pixels;
        if (found == null) {
            throw damaged("has no pixels");
        }
        int[] size = size(found);
        limits.checkInput(name, size[0], size[1]);
        if (canvasWidth > 0 && (canvasWidth != size[0] || canvasHeight != size[1])) {
            warnings.add(name + " has a first picture that does not fill its canvas; only the picture is read");
        }
        if (animated) {
            warnings.add(name + " is animated; only its first picture is read");
        }
        MetadataBytes data = exif;
        int orientation = data == null ? 1 : ExifOrientation.of(data.bytes(), 0, data.length());
        ImageMetadata metadata = new ImageMetadata(profile, null, orientation, exif, xmp, null);
        return new OtherHeader(ImageType.WEBP, size[0], size[1], 4, 8, false, shown(found, size), metadata, warnings);
    }

    private void walk(int from, int to, int depth) throws ImageRefused {
        long at = from;
        for (int i = 0; at + 8 <= to; i++) {
            if (i == MAX_CHUNKS) {
                throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_CHUNKS + " WebP chunks");
            }
            long length = in.u32(at + 4);
            if (length > to - at - 8) {
                if (pixels == null) {
                    throw damaged("is cut off");
                }
                warnings.add(name + " is cut off; its last part is missing");
                return;
            }
            chunk((int) at, (int) length, depth);
            at += 8 + length + (length & 1);
        }
    }

    private void chunk(int at, int length, int depth) throws ImageRefused {
        int data = at + 8;
        if (in.has(at, "VP8X") && length >= 10 && depth == 0) {
            canvasWidth = 1 + in.u16(data + 4) + (in.u8(data + 6) << 16);
            canvasHeight = 1 + in.u16(data + 7) + (in.u8(data + 9) << 16);
            limits.checkInput(name, canvasWidth, canvasHeight);
        } else if (pixels == null && (in.has(at, "VP8 ") || in.has(at, "VP8L"))) {
            pixels = new Section(file, at, Math.min(file.length, data + length + (length & 1)));
        } else if (pixels == null && in.has(at, "ALPH")) {
            alpha = new Section(file, at, Math.min(file.length, data + length + (length & 1)));
        } else if (in.has(at, "ANMF") && depth == 0 && length > FRAME_HEADER) {
            animated = true;
            if (pixels == null) {
                walk(data + FRAME_HEADER, data + length, 1);
            }
        } else if (in.has(at, "ICCP")) {
            int shown = Math.min(length, IccProfile.MAX_BYTES + 1);
            profile = IccProfile.sound(name, Arrays.copyOfRange(file, data, data + shown), warnings);
        } else if (length > 0 && length <= MAX_METADATA && in.has(at, "EXIF")) {
            int skip = in.has(data, "Exif\0\0") && length > 6 ? 6 : 0;
            exif = new MetadataBytes(Arrays.copyOfRange(file, data + skip, data + length));
        } else if (length > 0 && length <= MAX_METADATA && in.has(at, "XMP ")) {
            xmp = new MetadataBytes(Arrays.copyOfRange(file, data, data + length));
        }
    }

    private int[] size(Section section) throws ImageRefused {
        int data = section.from() + 8;
        if (in.has(section.from(), "VP8L")) {
            if (section.length() < 13 || in.u8(data) != 0x2F) {
                throw damaged("has no sound lossless header");
            }
            long bits = in.u32(data + 1);
            return new int[] {1 + (int) (bits & 0x3FFF), 1 + (int) (bits >> 14 & 0x3FFF)};
        }
        if (section.length() < 18 || in.u16(data + 3) != 0x019D || in.u8(data + 5) != 0x2A) {
            throw damaged("has no sound lossy header");
        }
        return new int[] {in.u16(data + 6) & 0x3FFF, in.u16(data + 8) & 0x3FFF};
    }

    private List<Section> shown(Section picture, int[] size) {
        Section transparency = in.has(picture.from(), "VP8 ") ? alpha : null;
        int extended = transparency == null ? 0 : 18;
        int length = 4 + extended + picture.length() + (transparency == null ? 0 : transparency.length());
        ByteBuffer head = ByteBuffer.allocate(12 + extended).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        head.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(head.array(), 0, head.capacity()));
        if (transparency != null) {
            head.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0x10);
            head.put((byte) (size[0] - 1)).putShort((short) ((size[0] - 1) >> 8));
            head.put((byte) (size[1] - 1)).putShort((short) ((size[1] - 1) >> 8));
            sections.add(transparency);
        }
        sections.add(picture);
        return sections;
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged WebP file: it " + what);
    }
}
