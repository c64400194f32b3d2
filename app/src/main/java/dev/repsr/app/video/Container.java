package dev.repsr.app.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Files that hold films. */
public enum Container {
    MP4("mp4", "mov_text", "mp4", "m4v"),
    MOV("mov", "mov_text", "mov"),
    MATROSKA("matroska", "srt", "mkv"),
    WEBM("webm", "webvtt", "webm"),
    NUT("nut", "", "nut"),
    AVI("avi", "", "avi"),
    TS("mpegts", "", "ts", "m2ts");

    private static final Set<String> TEXT = Set.of("mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text");

    private final String format;
    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> endings;

    /**
     * A container.
     *
     * @param format as FFmpeg calls it
     * @param text the kind of subtitles that others become; empty if it holds none
     */
    Container(String format, String text, String... endings) {
        this.format = format;
        this.text = text;
        this.endings = List.of(endings);
    }

    /** By the ending of a file's name. */
    public static Optional<Container> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(container -> container.endings.stream().anyMatch(ending -> name.endsWith("." + ending)))
                .findFirst();
    }

    /** The endings that are known, for a message. */
    public static String allEndings() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .flatMap(container -> container.endings.stream())
                        .map(ending -> "." + ending)
                        .toList());
    }

    String format() {
        return format;
    }

    boolean isOfQuickTime() {
        return this == MP4 || this == MOV;
    }

    /** What is to be done with a stream beside the film. */
    sealed interface Passing {
        /** It is copied, or its text put down in another way. */
        record Kept(String codec) implements Passing {}

        /** It cannot be held. */
        record Left(String why) implements Passing {}
    }

    Passing passing(Film.Stream stream) {
        return switch (stream.type()) {
            case "audio", "video" -> new Passing.Kept("copy");
            case "subtitle" -> subtitles(stream.codec());
            case "attachment" ->
                this == MATROSKA
                        ? new Passing.Kept("copy")
                        : new Passing.Left("attachments are held by Matroska (.mkv) alone");
            default -> new Passing.Left("data of the kind '" + stream.text("codec_tag_string") + "' are not copied");
        };
    }

    private Passing subtitles(String codec) {
        if (text.isEmpty()) {
            return new Passing.Left("subtitles are not held by this container; name the output .mkv to keep them");
        }
        boolean asTheyAre = switch (this) {
            case MATROSKA -> !codec.equals("mov_text");
            case WEBM -> codec.equals("webvtt");
            default -> codec.equals("mov_text") || codec.equals("dvd_subtitle");
        };
        if (asTheyAre) {
            return new Passing.Kept("copy");
        }
        return TEXT.contains(codec)
                ? new Passing.Kept(text)
                : new Passing.Left("subtitles of the kind '" + codec + "' are not held by this container; name the"
                        + " output .mkv to keep them");
    }

    /** What else the muxer is to know. */
    List<String> arguments(FilmCodec codec) {
        List<String> arguments = new ArrayList<>();
        if (isOfQuickTime()) {
            arguments.addAll(List.of("-movflags", "+faststart+use_metadata_tags", "-strict", "-2"));
            if (codec == FilmCodec.HEVC) {
                arguments.addAll(List.of("-tag:v:0", "hvc1"));
            }
        }
        if (this == TS) {
            // It would put off everything.
            arguments.addAll(List.of("-muxdelay", "0", "-muxpreload", "0"));
        }
        return arguments;
    }
}
