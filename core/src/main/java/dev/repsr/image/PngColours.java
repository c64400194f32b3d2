package dev.repsr.image;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that say what the numbers of a PNG mean (W3C PNG specification, third edition, 11.3.2), beside a profile. Enlarging
 * changes no meaning, so a PNG keeps them; other formats have no place for them.
 */
final class PngColours {
    private static final Map<String, Integer> LENGTHS =
            Map.of("cICP", 4, "mDCV", 24, "cLLI", 8, "gAMA", 4, "cHRM", 32, "sRGB", 1);
    /** Gamma and primaries of sRGB as PNG states them, in hundred-thousandths. */
    private static final long GAMMA = 45_455;

    private static final long[] PRIMARIES = {31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000};
    /** Numbers of sRGB's curve and of those of BT.709 and BT.601, for which pictures are shown by it (ITU-T H.273). */
    private static final Set<Integer> NEARLY_SRGB = Set.of(1, 6, 13);
    /** Programs round differently. */
    private static final long NEARLY = 100;

    private PngColours() {}

    /** Length of such a chunk's content; 0 if it is no such chunk. */
    static int length(String name) {
        return LENGTHS.getOrDefault(name, 0);
    }

    /** Whether a picture with these chunks looks otherwise without them: they say something that neither sRGB nor a profile says. */
    static boolean matter(List<PngChunk> chunks, @Nullable IccProfile profile) {
        boolean srgb = profile != null
                || chunks.stream().anyMatch(chunk -> chunk.name().equals("sRGB"));
        return chunks.stream().anyMatch(chunk -> {
            Bytes in = Bytes.bigEndian(chunk.data().bytes());
            return switch (chunk.name()) {
                case "cICP" -> in.u8(0) != 1 || !NEARLY_SRGB.contains(in.u8(1));
                case "mDCV", "cLLI" -> true;
                case "gAMA" -> !srgb && Math.abs(in.u32(0) - GAMMA) > NEARLY;
                case "cHRM" -> !srgb && !primariesOfSrgb(in);
                default -> false;
            };
        });
    }

    /** Whether they say that samples count light itself. */
    static boolean linear(List<PngChunk> chunks) {
        return chunks.stream().anyMatch(chunk -> {
            Bytes in = Bytes.bigEndian(chunk.data().bytes());
            return (chunk.name().equals("cICP") && in.u8(1) == 8)
                    || (chunk.name().equals("gAMA") && in.u32(0) == 100_000);
        });
    }

    private static boolean primariesOfSrgb(Bytes in) {
        for (int i = 0; i < PRIMARIES.length; i++) {
            if (Math.abs(in.u32(4L * i) - PRIMARIES[i]) > NEARLY) {
                return false;
            }
        }
        return true;
    }
}
