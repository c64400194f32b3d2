package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a PNG file (W3C PNG specification, third edition). Only header, palette, transparency and pixels reach
 * the decoder; metadata goes to {@link PngMetadata}.
 */
final class PngProbe {
    private static final int MAX_CHUNKS = 512;
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
    private final PngMetadata metadata;
    private byte @Nullable [] palette;
    private byte @Nullable [] transparency;
    private boolean animated;
    private int firstData = -1;
    private long pixelBytes;
    private int chunks;
    private long ancillaryBytes;

    private PngProbe(String name, byte[] file) {
        this.name = name;
        this.file = file;
        this.in = Bytes.bigEndian(file);
        this.metadata = new PngMetadata(name, file, warnings);
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
                metadata.metadata(),
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
        if (in.has(at + 4, "IDAT")) {
            firstData = firstData < 0 ? at : firstData;
            pixelBytes += length;
            checkSum(at, length);
        } else if (in.has(at + 4, "PLTE") && firstData < 0) {
            palette(at, length);
        } else if (isWithinLimits(length)) {
            ancillary(at, length);
        }
    }

    /** Counts a chunk beside pixels and palette; behind the pixels there is nothing that a picture needs. */
    private boolean isWithinLimits(int length) throws ImageRefused {
        boolean many = ++chunks > MAX_CHUNKS;
        ancillaryBytes += length;
        if (!many && ancillaryBytes <= MAX_ANCILLARY_BYTES) {
            return true;
        }
        if (firstData < 0) {
            throw new ImageRefused(
                    Reason.TOO_LARGE,
                    name + " has more than "
                            + (many ? MAX_CHUNKS + " chunks" : MAX_ANCILLARY_BYTES + " bytes of metadata")
                            + " before its pixels");
        }
        warn(name + " has more metadata than is read; the rest, behind its pixels, is left out");
        return false;
    }

    private void ancillary(int at, int length) {
        int data = at + 8;
        String kind = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
        if (firstData >= 0) {
            metadata.behind(kind, data, data + length);
        } else if (kind.equals("tRNS")) {
            transparency = Arrays.copyOfRange(file, data, data + length);
        } else if (kind.equals("acTL")) {
            animated = true;
        } else {
            metadata.before(kind, data, data + length);
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

    private void checkSum(int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, length + 4);
        if (crc.getValue() != in.u32(at + 8L + length)) {
            warn(name + " has a part whose checksum is wrong; its pixels may be damaged");
        }
    }

    private void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged PNG file: it " + what);
    }
}
