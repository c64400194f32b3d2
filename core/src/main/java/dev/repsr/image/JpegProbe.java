package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.SectionInput.Section;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks the markers of a JPEG file (ITU-T T.81). The decoder is shown tables, frame and scans without the application
 * segments, and one segment of our own that says what the components mean: so no profile is applied, and a header of many
 * thousand segments, which the decoder would chew on for minutes, is refused here.
 */
final class JpegProbe {
    private static final int MAX_MARKERS = 1_000;
    private static final int MAX_SCANS = 100;
    private static final long MAX_APPLICATION_BYTES = 8L << 20;
    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] JFIF = {
        (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };
    private static final byte[] ADOBE_RGB = {
        (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    private static final byte[] END = {(byte) 0xFF, (byte) 0xD9};

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final ImageLimits limits;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final SortedMap<Integer, Section> profileParts = new TreeMap<>();
    private ImageMetadata.@Nullable Density density;
    private @Nullable MetadataBytes exif;
    private @Nullable MetadataBytes xmp;
    private @Nullable MetadataBytes iptc;
    private int orientation = 1;
    private int width;
    private int height;
    private int components;
    private boolean namedRgb;
    private boolean jfif;
    private int adobeTransform = -1;
    private int markers;
    private int scans;
    private long applicationBytes;

    private JpegProbe(String name, byte[] file, ImageLimits limits) {
        this.name = name;
        this.file = file;
        this.in = Bytes.bigEndian(file);
        this.limits = limits;
    }

    static JpegHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new JpegProbe(name, file, limits).probe();
    }

    private JpegHeader probe() throws ImageRefused {
        boolean complete = walk();
        if (scans == 0) {
            throw damaged(complete ? "has no pixels" : "is cut off before its pixels");
        }
        boolean rgb = adobeTransform == 0 || (adobeTransform < 0 && !jfif && namedRgb);
        // Four components come as they are stored; with this mark the decoder leaves them alone.
        byte[] meaning = components == 4 || (components == 3 && rgb) ? ADOBE_RGB : JFIF;
        List<Section> shown = new ArrayList<>();
        shown.add(new Section(START, 0, START.length));
        shown.add(new Section(meaning, 0, meaning.length));
        shown.addAll(sections);
        shown.add(new Section(END, 0, END.length));
        IccProfile found = profile();
        if (components == 4) {
            warnings.add(name + " is a CMYK picture, made for print; it was converted to RGB"
                    + (found == null ? "" : " without its colour profile") + ", so colours may differ");
            found = null;
        }
        ImageMetadata metadata = new ImageMetadata(found, density, orientation, exif, xmp, iptc);
        boolean ycck = components == 4 && adobeTransform == 2;
        boolean inverted = components == 4 && adobeTransform >= 0;
        return new JpegHeader(width, height, components, ycck, inverted, complete, shown, metadata, warnings);
    }

    /** @return whether the end mark was found */
    private boolean walk() throws ImageRefused {
        int at = 2;
        while (true) {
            int mark = nextMarker(at);
            if (mark < 0) {
                return false;
            }
            if (scans == 0 && !isFill(at, mark)) {
                warn(name + " has stray bytes between its segments");
            }
            int marker = in.u8(mark + 1);
            if (marker == 0xD9) {
                return true;
            }
            if (++markers > MAX_MARKERS) {
                throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_MARKERS + " JPEG segments");
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                at = mark + 2;
                continue;
            }
            if (mark + 4 > in.length()) {
                return false;
            }
            int length = in.u16(mark + 2);
            if (length < 2) {
                throw damaged("has a segment of " + length + " bytes");
            }
            int next = mark + 2 + length;
            if (next > in.length()) {
                return false;
            }
            at = segment(marker, mark, next);
        }
    }

    /** Position of the next 0xFF that begins a marker, or -1. Fill bytes before it are passed over. */
    private int nextMarker(int from) {
        for (int i = from; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xFF && file[i + 1] != (byte) 0xFF && file[i + 1] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Any number of bytes 0xFF may stand before a marker (B.1.1.2). */
    private boolean isFill(int from, int to) {
        for (int i = from; i < to; i++) {
            if (file[i] != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** Takes one segment; returns where the walk goes on. */
    private int segment(int marker, int mark, int next) throws ImageRefused {
        if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
            application(marker, mark + 4, next);
            return next;
        }
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            frame(marker, mark + 4, next);
        }
        if (marker != 0xDA) {
            sections.add(new Section(file, mark, next));
            return next;
        }
        if (components == 0) {
            throw damaged("has pixels before it says of what size");
        }
        if (++scans > MAX_SCANS) {
            throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_SCANS + " JPEG scans");
        }
        int end = endOfScan(next);
        sections.add(new Section(file, mark, end));
        return end;
    }

    private int endOfScan(int from) {
        int at = from;
        while (true) {
            int mark = nextMarker(at);
            if (mark < 0) {
                return file.length;
            }
            int marker = in.u8(mark + 1);
            if (marker < 0xD0 || marker > 0xD7) {
                return mark;
            }
            at = mark + 2;
        }
    }

    private void frame(int marker, int from, int to) throws ImageRefused {
        if (components != 0) {
            throw damaged("has two frames");
        }
        if (to - from < 6) {
            throw damaged("has a frame header that is too short");
        }
        int precision = in.u8(from);
        limits.checkInput(name, in.u16(from + 3), in.u16(from + 1));
        if (marker > 0xC2 || precision != 8) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    name + " is a JPEG of a rare kind (" + kind(marker, precision)
                            + "), which is not read; save it as an ordinary JPEG or PNG");
        }
        height = in.u16(from + 1);
        width = in.u16(from + 3);
        components = in.u8(from + 5);
        if ((components != 1 && components != 3 && components != 4) || to - from < 6 + 3 * components) {
            throw damaged("has a frame of " + components + " components");
        }
        namedRgb = components == 3 && in.u8(from + 6) == 'R' && in.u8(from + 9) == 'G' && in.u8(from + 12) == 'B';
    }

    /** What a frame is that is neither baseline, extended nor progressive in Huffman's code with 8 bits (T.81, table B.1). */
    private static String kind(int marker, int precision) {
        boolean arithmetic = marker >= 0xC9;
        return switch (marker & 3) {
            case 3 -> arithmetic ? "lossless, in arithmetic coding" : "lossless";
            default -> {
                if ((marker & 7) > 4) {
                    yield "hierarchical";
                }
                yield arithmetic ? "arithmetic coding" : precision + " bits a sample";
            }
        };
    }

    private void application(int marker, int from, int to) throws ImageRefused {
        applicationBytes += to - from;
        if (applicationBytes > MAX_APPLICATION_BYTES) {
            throw new ImageRefused(
                    Reason.TOO_LARGE, name + " has more than " + MAX_APPLICATION_BYTES + " bytes of metadata");
        }
        if (marker == 0xE0 && in.has(from, "JFIF\0") && to - from >= 12) {
            jfif = true;
            density(in.u8(from + 7), in.u16(from + 8), in.u16(from + 10));
        } else if (marker == 0xE1 && in.has(from, "Exif\0\0") && to - from > 6) {
            exif(from + 6, to);
        } else if (marker == 0xE1 && in.has(from, JpegOutput.XMP) && xmp == null) {
            xmp = new MetadataBytes(Arrays.copyOfRange(file, from + JpegOutput.XMP.length(), to));
        } else if (marker == 0xE1 && in.has(from, "http://ns.adobe.com/xmp/extension/")) {
            warn(name + " has XMP data in several parts; only the first part is kept");
        } else if (marker == 0xED && in.has(from, JpegOutput.PHOTOSHOP) && iptc == null) {
            iptc = PhotoshopResources.iptc(file, from + JpegOutput.PHOTOSHOP.length(), to);
        } else if (marker == 0xE2 && in.has(from, "ICC_PROFILE\0") && to - from > 14) {
            profileParts.putIfAbsent(in.u8(from + 12), new Section(file, from + 14, to));
        } else if (marker == 0xEE && in.has(from, "Adobe") && to - from >= 12) {
            adobeTransform = in.u8(from + 11);
        }
    }

    /** The first EXIF segment counts. */
    private void exif(int from, int to) {
        if (exif == null) {
            orientation = ExifOrientation.of(file, from, to);
            exif = new MetadataBytes(Arrays.copyOfRange(file, from, to));
        }
    }

    private void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    private void density(int unit, int x, int y) {
        if (x > 0 && y > 0 && unit == 1) {
            density = new ImageMetadata.Density(x, y);
        } else if (x > 0 && y > 0 && unit == 2) {
            density = ImageMetadata.Density.perMetre(100.0 * x, 100.0 * y);
        }
    }

    private @Nullable IccProfile profile() {
        if (profileParts.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // A missing part shows in the length.
        for (Section section : profileParts.values()) {
            out.write(section.bytes(), section.from(), section.length());
        }
        return IccProfile.sound(name, out.toByteArray(), warnings);
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged JPEG file: it " + what);
    }
}
