package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a PNG file (W3C PNG specification, third edition). Only header, palette, transparency and pixels reach
 * the decoder; of metadata the profile alone is inflated, within its limit, and nothing is parsed but EXIF's orientation.
 */
final class PngProbe {
    private static final int MAX_CHUNKS_BEFORE_PIXELS = 512;
    private static final long MAX_ANCILLARY_BYTES = 8L << 20;
    /** Deflate cannot make data smaller by more than this. */
    private static final int MAX_RATIO = 1032;

    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    /** Where the content of the first chunk begins. */
    private static final int HEADER = SIGNATURE + 8;

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final List<String> warnings = new ArrayList<>();
    private byte @Nullable [] palette;
    private byte @Nullable [] transparency;
    private @Nullable IccProfile profile;
    private ImageMetadata.@Nullable Density density;
    private int orientation = 1;
    private @Nullable MetadataBytes exif;
    private @Nullable MetadataBytes xmp;
    private @Nullable MetadataBytes iptc;
    private boolean animated;
    private int firstData = -1;
    private long pixelBytes;
    private int chunks;
    private long ancillaryBytes;

    private PngProbe(String name, byte[] file) {
        this.name = name;
        this.file = file;
        this.in = Bytes.bigEndian(file);
    }

    static PngHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new PngProbe(name, file).probe(limits);
    }

    private PngHeader probe(ImageLimits limits) throws ImageRefused {
        checkHeader(limits);
        int width = (int) in.u32(HEADER);
        int height = (int) in.u32(HEADER + 4);
        int bitDepth = in.u8(HEADER + 8);
        int colourType = in.u8(HEADER + 9);
        checkSum(SIGNATURE, 13);
        boolean ended = walk(HEADER + 13 + 4);
        if (firstData < 0) {
            throw damaged("has no pixels");
        }
        if (colourType == 3 && palette == null) {
            throw damaged("has no palette");
        }
        long bits = (long) width * height * bitDepth * PngHeader.samples(colourType);
        if (bits / 8 > pixelBytes * MAX_RATIO) {
            throw damaged("has too few bytes for its " + width + "x" + height + " pixels");
        }
        if (!ended) {
            warnings.add(name + " has no end mark; its last part may be missing");
        }
        if (animated) {
            warnings.add(name + " is animated; only its first picture is read");
        }
        ImageMetadata metadata = new ImageMetadata(profile, density, orientation, exif, xmp, iptc);
        return new PngHeader(
                width,
                height,
                colourType,
                bitDepth,
                in.u8(HEADER + 12) == 1,
                palette,
                transparency,
                file,
                firstData,
                metadata,
                warnings);
    }

    private void checkHeader(ImageLimits limits) throws ImageRefused {
        if (in.has(SIGNATURE + 4, "CgBI")) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    name + " is a PNG in the private form of iPhone applications; convert it to an ordinary PNG");
        }
        if (in.length() < SIGNATURE + FRAME + 13) {
            throw damaged("ends within its header");
        }
        if (!in.has(SIGNATURE + 4, "IHDR") || in.u32(SIGNATURE) != 13) {
            throw damaged("does not begin with a header of 13 bytes");
        }
        limits.checkInput(name, in.u32(HEADER), in.u32(HEADER + 4));
        int bitDepth = in.u8(HEADER + 8);
        int colourType = in.u8(HEADER + 9);
        if (!allowed(colourType, bitDepth)) {
            throw damaged("states colour type " + colourType + " with " + bitDepth + " bits, which PNG does not have");
        }
        if (in.u8(HEADER + 10) != 0 || in.u8(HEADER + 11) != 0 || in.u8(HEADER + 12) > 1) {
            throw damaged("states a compression, filter or interlace method that PNG does not have");
        }
    }

    private static boolean allowed(int colourType, int bitDepth) {
        return switch (colourType) {
            case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
    }

    /** @return whether the end mark was found */
    private boolean walk(int start) throws ImageRefused {
        int at = start;
        while (at + FRAME <= in.length()) {
            long length = in.u32(at);
            if (length > in.length() - at - FRAME) {
                if (in.has(at + 4, "IDAT") || firstData >= 0) {
                    throw damaged("is cut off: it ends at byte " + in.length() + " and needs "
                            + (at + FRAME + length - in.length()) + " more");
                }
                throw damaged("has a chunk of " + length + " bytes, more than the file");
            }
            int next = at + FRAME + (int) length;
            if (in.has(at + 4, "IEND")) {
                return true;
            }
            chunk(at, (int) length);
            at = next;
        }
        if (at < in.length()) {
            throw damaged("is cut off: it ends within a chunk");
        }
        return false;
    }

    private void chunk(int at, int length) throws ImageRefused {
        int data = at + 8;
        if (in.has(at + 4, "IDAT")) {
            firstData = firstData < 0 ? at : firstData;
            pixelBytes += length;
            checkSum(at, length);
            return;
        }
        if (firstData >= 0) {
            return;
        }
        if (++chunks > MAX_CHUNKS_BEFORE_PIXELS) {
            throw new ImageRefused(
                    Reason.TOO_LARGE,
                    name + " has more than " + MAX_CHUNKS_BEFORE_PIXELS + " chunks before its pixels");
        }
        if (in.has(at + 4, "PLTE")) {
            palette(at, length);
            return;
        }
        ancillaryBytes += length;
        if (ancillaryBytes > MAX_ANCILLARY_BYTES) {
            throw new ImageRefused(
                    Reason.TOO_LARGE,
                    name + " has more than " + MAX_ANCILLARY_BYTES + " bytes of metadata before its pixels");
        }
        if (in.has(at + 4, "tRNS")) {
            transparency = Arrays.copyOfRange(file, data, data + length);
        } else if (in.has(at + 4, "iCCP")) {
            profile = profile(data, data + length);
        } else if (in.has(at + 4, "pHYs") && length == 9 && in.u8(data + 8) == 1) {
            density(in.u32(data), in.u32(data + 4));
        } else if (in.has(at + 4, "eXIf")) {
            orientation = ExifOrientation.of(file, data, data + length);
            exif = new MetadataBytes(Arrays.copyOfRange(file, data, data + length));
        } else if (in.has(at + 4, "acTL")) {
            animated = true;
        } else {
            text(at, data, data + length);
        }
    }

    private void text(int at, int from, int to) {
        if (in.has(at + 4, "iTXt") && xmp == null) {
            xmp = PngText.xmp(file, from, to);
        } else if (iptc == null && (in.has(at + 4, "tEXt") || in.has(at + 4, "zTXt"))) {
            iptc = PngText.iptc(file, from, to, in.has(at + 4, "zTXt"));
        }
    }

    private void palette(int at, int length) throws ImageRefused {
        if (length == 0 || length % 3 != 0 || length > 3 * 256) {
            throw damaged("has a palette of " + length + " bytes");
        }
        if (palette != null) {
            throw damaged("has two palettes");
        }
        checkSum(at, length);
        palette = Arrays.copyOfRange(file, at + 8, at + 8 + length);
    }

    private void density(long x, long y) {
        if (x > 0 && y > 0 && x < 10_000_000 && y < 10_000_000) {
            density = ImageMetadata.Density.perMetre((double) x, (double) y);
        }
    }

    /** The profile; one that is too large or broken is left out with a warning. */
    private @Nullable IccProfile profile(int from, int to) {
        int at = from;
        while (at < to && in.u8(at) != 0) {
            at++;
        }
        int start = Math.min(at + 2, to);
        int length = inflate(start, to, new byte[1 << 12]);
        if (length < 1) {
            warnings.add(name + " has a colour profile that is damaged or too large; it is left out");
            return null;
        }
        byte[] bytes = new byte[length];
        inflate(start, to, bytes);
        return new IccProfile(bytes);
    }

    /**
     * Inflates into {@code target}, from its beginning again whenever it is full: a first pass through a small array finds
     * the length, so that a bomb costs no memory.
     *
     * @return the length, or -1 if the data is damaged or larger than a profile may be
     */
    private int inflate(int from, int to, byte[] target) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, from, to - from);
            long total = 0;
            while (!inflater.finished()) {
                int n = inflater.inflate(target);
                total += n;
                if ((n == 0 && !inflater.finished()) || total > IccProfile.MAX_BYTES) {
                    return -1;
                }
            }
            return (int) total;
        } catch (DataFormatException e) {
            return -1;
        } finally {
            inflater.end();
        }
    }

    private void checkSum(int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, length + 4);
        if (crc.getValue() != in.u32(at + 8L + length)) {
            String warning = name + " has a part whose checksum is wrong; its pixels may be damaged";
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
        }
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged PNG file: it " + what);
    }
}
