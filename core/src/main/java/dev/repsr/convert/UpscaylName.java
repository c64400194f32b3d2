package dev.repsr.convert;

import java.nio.file.Path;
import java.util.Locale;

/** Upscayl and the other programs on ncnn take the scale from a model's file name, and 4 where the name says nothing. */
public final class UpscaylName {
    private static final int OTHERWISE = 4;

    private UpscaylName() {}

    /** The path itself if its name tells the scale, else with {@code 2x-} or the like before the name. */
    public static Path of(Path output, int scale) {
        String name = output.getFileName().toString();
        return told(name) == scale ? output : output.resolveSibling(scale + "x-" + name);
    }

    /** What those programs take the scale for; they know none but 2, 3 and 4. */
    public static int told(Path output) {
        return told(output.getFileName().toString());
    }

    /** Whether a name can tell this scale. */
    public static boolean isTold(int scale) {
        return scale >= 2 && scale <= OTHERWISE;
    }

    private static int told(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int scale = 2; scale < OTHERWISE; scale++) {
            if (lower.contains(scale + "x") || lower.contains("x" + scale)) {
                return scale;
            }
        }
        return OTHERWISE;
    }
}
