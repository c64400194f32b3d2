package dev.repsr.app.video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What films are encoded by. */
public enum FilmCodec {
    /** Plays everywhere. */
    H264("libx264", 16, 51, "medium"),
    /** Half as many bytes, and what HDR needs. */
    HEVC("libx265", 18, 51, "medium"),
    /** Fewer bytes still, slowly. */
    AV1("libsvtav1", 24, 63, "6"),
    /** Without any loss. */
    FFV1("ffv1", 0, 0, ""),
    /** For WebM. */
    VP9("libvpx-vp9", 24, 63, ""),
    /** For cutting; holds transparency. */
    PRORES("prores_ks", 0, 0, "");

    private final String encoder;
    private final int usualCrf;
    private final int largestCrf;
    private final String usualPreset;

    FilmCodec(String encoder, int usualCrf, int largestCrf, String usualPreset) {
        this.encoder = encoder;
        this.usualCrf = usualCrf;
        this.largestCrf = largestCrf;
        this.usualPreset = usualPreset;
    }

    /** Word of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its word. */
    public static Optional<FilmCodec> of(String word) {
        return Arrays.stream(values())
                .filter(codec -> codec.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Name of FFmpeg's encoder. */
    String encoder() {
        return encoder;
    }

    /** Largest number of its scale of quality; 0 if it has none. */
    public int largestCrf() {
        return largestCrf;
    }

    /** Whether it has presets. */
    public boolean hasPresets() {
        return !usualPreset.isEmpty();
    }

    List<String> arguments(OptionalInt crf, String preset) {
        List<String> arguments = new ArrayList<>(List.of("-c:v", encoder));
        if (largestCrf > 0) {
            arguments.addAll(List.of("-crf", Integer.toString(crf.orElse(usualCrf))));
        }
        if (hasPresets()) {
            arguments.addAll(List.of("-preset", preset.isEmpty() ? usualPreset : preset));
        }
        switch (this) {
            case FFV1 -> arguments.addAll(List.of("-level", "3", "-g", "1", "-slicecrc", "1"));
            case VP9 -> arguments.addAll(List.of("-b:v", "0", "-row-mt", "1"));
            case H264, HEVC, AV1, PRORES -> {}
        }
        return arguments;
    }
}
