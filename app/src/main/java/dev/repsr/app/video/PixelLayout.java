package dev.repsr.app.video;

import dev.repsr.image.PictureFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the samples of a raw frame lie in memory: planes one after the other, rows without gaps, samples of more than 8 bits as two bytes,
 * the lower one first.
 *
 * @param name that FFmpeg calls it by
 * @param kind what the planes hold
 * @param alpha whether a plane of opacity comes last
 * @param bits of a sample, 8 to 16
 * @param chromaX binary logarithm of how many pixels share a sample of colour across
 * @param chromaY the same down
 */
record PixelLayout(String name, Kind kind, boolean alpha, int bits, int chromaX, int chromaY) {

    /** What the planes hold. */
    enum Kind {
        /** Luma alone. */
        GREY,
        /** Luma and two differences of colour. */
        YUV,
        /** Green, blue, red. */
        RGB
    }

    private static final Pattern YUV = Pattern.compile("yuv(a|j)?(420|422|444|440|411|410)p(\\d+)?(le)?");
    private static final Pattern RGB = Pattern.compile("gbr(a)?p(\\d+)?(le)?");
    private static final Pattern GREY = Pattern.compile("gray(\\d+)?(le)?");

    private static final Map<String, int[]> CHROMA = Map.of(
            "420", new int[] {1, 1},
            "422", new int[] {1, 0},
            "444", new int[] {0, 0},
            "440", new int[] {0, 1},
            "411", new int[] {2, 0},
            "410", new int[] {2, 2});

    /** Layouts that hold the same samples, or more exact ones, for those that are not read as they are. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("nv12", "yuv420p"),
            Map.entry("nv21", "yuv420p"),
            Map.entry("nv16", "yuv422p"),
            Map.entry("nv24", "yuv444p"),
            Map.entry("yuyv422", "yuv422p"),
            Map.entry("uyvy422", "yuv422p"),
            Map.entry("yvyu422", "yuv422p"),
            Map.entry("p010le", "yuv420p10le"),
            Map.entry("p016le", "yuv420p16le"),
            Map.entry("p210le", "yuv422p10le"),
            Map.entry("rgb24", "gbrp"),
            Map.entry("bgr24", "gbrp"),
            Map.entry("rgb0", "gbrp"),
            Map.entry("bgr0", "gbrp"),
            Map.entry("0rgb", "gbrp"),
            Map.entry("0bgr", "gbrp"),
            Map.entry("rgb565le", "gbrp"),
            Map.entry("rgb555le", "gbrp"),
            Map.entry("bgr8", "gbrp"),
            Map.entry("rgb8", "gbrp"),
            Map.entry("pal8", "gbrap"),
            Map.entry("rgba", "gbrap"),
            Map.entry("bgra", "gbrap"),
            Map.entry("argb", "gbrap"),
            Map.entry("abgr", "gbrap"),
            Map.entry("ya8", "gbrap"),
            Map.entry("rgb48le", "gbrp16le"),
            Map.entry("rgb48be", "gbrp16le"),
            Map.entry("x2rgb10le", "gbrp10le"),
            Map.entry("rgba64le", "gbrap16le"),
            Map.entry("rgba64be", "gbrap16le"),
            Map.entry("ya16le", "gbrap16le"),
            Map.entry("ya16be", "gbrap16le"),
            Map.entry("gray16be", "gray16le"),
            Map.entry("monob", "gray"),
            Map.entry("monow", "gray"));

    /**
     * The layout that frames of a film are asked for in, so that nothing of them is lost.
     *
     * @param pixelFormat of the film, as FFmpeg calls it
     * @return empty if there is none
     */
    static Optional<PixelLayout> of(String pixelFormat) {
        String little = pixelFormat.endsWith("be") ? pixelFormat.replaceAll("be$", "le") : pixelFormat;
        String name = INSTEAD.getOrDefault(pixelFormat, INSTEAD.getOrDefault(little, little));
        Matcher yuv = YUV.matcher(name);
        if (yuv.matches()) {
            int[] chroma = CHROMA.getOrDefault(yuv.group(2), new int[2]);
            return valid(new PixelLayout(
                    name, Kind.YUV, "a".equals(yuv.group(1)), bits(yuv.group(3)), chroma[0], chroma[1]));
        }
        Matcher rgb = RGB.matcher(name);
        if (rgb.matches()) {
            return valid(new PixelLayout(name, Kind.RGB, rgb.group(1) != null, bits(rgb.group(2)), 0, 0));
        }
        Matcher grey = GREY.matcher(name);
        return grey.matches()
                ? valid(new PixelLayout(name, Kind.GREY, false, bits(grey.group(1)), 0, 0))
                : Optional.empty();
    }

    private static int bits(@Nullable String digits) {
        return digits == null ? 8 : Integer.parseInt(digits);
    }

    private static Optional<PixelLayout> valid(PixelLayout layout) {
        return layout.bits >= 8 && layout.bits <= 16 ? Optional.of(layout) : Optional.empty();
    }

    /** Whether its name says that black and white are the ends of the numbers. */
    boolean isFullByName() {
        return name.startsWith("yuvj");
    }

    /** What FFmpeg's container calls frames of this layout. */
    byte[] fourcc() {
        if ((kind == Kind.YUV && alpha) || bits > 8 || kind == Kind.RGB) {
            int letter = kind == Kind.RGB ? 'G' : 'Y';
            int shape = kind == Kind.YUV ? yuvShape() : 0;
            return new byte[] {(byte) letter, (byte) ('0' + planes()), (byte) shape, (byte) bits};
        }
        return (kind == Kind.GREY ? "Y800" : eightBits()).getBytes(StandardCharsets.US_ASCII);
    }

    private int yuvShape() {
        return chromaX == 0 ? 0 : chromaY == 0 ? 10 : 11;
    }

    private String eightBits() {
        return switch (chromaX * 3 + chromaY) {
            case 0 -> "444P";
            case 1 -> "440P";
            case 3 -> "Y42B";
            case 4 -> "I420";
            case 6 -> "Y41B";
            default -> "YUV9";
        };
    }

    /** Number of planes. */
    int planes() {
        return (kind == Kind.GREY ? 1 : 3) + (alpha ? 1 : 0);
    }

    private boolean isChroma(int plane) {
        return kind == Kind.YUV && (plane == 1 || plane == 2);
    }

    /** Samples of a row of a plane. */
    int planeWidth(int plane, int width) {
        return isChroma(plane) ? -(-width >> chromaX) : width;
    }

    /** Rows of a plane. */
    int planeHeight(int plane, int height) {
        return isChroma(plane) ? -(-height >> chromaY) : height;
    }

    int bytesPerSample() {
        return bits > 8 ? 2 : 1;
    }

    /** Where a plane begins in a frame. */
    long planeOffset(int plane, int width, int height) {
        long offset = 0;
        for (int i = 0; i < plane; i++) {
            offset += (long) planeWidth(i, width) * planeHeight(i, height) * bytesPerSample();
        }
        return offset;
    }

    /** Bytes of a frame. */
    long frameBytes(int width, int height) {
        return planeOffset(planes(), width, height);
    }

    /** The pictures that frames become. */
    PictureFormat picture(int width, int height) {
        int channels = kind == Kind.GREY ? 1 : alpha ? 4 : 3;
        return new PictureFormat(width, height, channels, bits > 8 ? 16 : 8);
    }
}
