package dev.repsr.app.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg is told about one film: how to decode it, how to encode its frames, and how to join these with all else that the film has.
 * Timestamps are the film's own throughout; frames' count from the film's first one, so that none is negative.
 */
final class FilmCommands {
    private static final Pattern SUPPORTED = Pattern.compile("Supported pixel formats:(.*)");

    /** Chapters and tags would come with time bases of their own. */
    private static final List<String> PIPE_OUT = List.of(
            "-map_chapters",
            "-1",
            "-map_metadata",
            "-1",
            "-fps_mode",
            "passthrough",
            "-enc_time_base",
            "-1",
            "-avoid_negative_ts",
            "disabled",
            "-write_index",
            "0");

    private final Ffmpeg ffmpeg;
    private final Film film;
    private final FilmSettings settings;

    /** Asked once: each answer is a program that has to start. */
    private @Nullable List<String> supported;

    private @Nullable HdrMetadata hdr;

    FilmCommands(Ffmpeg ffmpeg, Film film, FilmSettings settings) {
        this.ffmpeg = ffmpeg;
        this.film = film;
        this.settings = settings;
    }

    /** Seconds as these programs read them. */
    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }

    private double startSeconds() {
        long[] base = film.timeBase();
        return (double) film.startTicks() * base[0] / base[1];
    }

    /**
     * Decodes frames to standard output.
     *
     * @param from seconds after the first frame at which to look for a key frame to begin with; 0: at the beginning
     */
    List<String> decode(double from) {
        List<String> arguments = new ArrayList<>(List.of("-nostdin", "-copyts"));
        if (from > 0) {
            arguments.addAll(List.of("-noaccurate_seek", "-ss", seconds(from)));
        }
        if (film.hasAlphaBeside()) {
            // FFmpeg's own decoders pass over it.
            arguments.addAll(List.of("-c:v", film.video().codec().equals("vp8") ? "libvpx" : "libvpx-vp9"));
        }
        arguments.addAll(Ffmpeg.input(film.file()));
        arguments.addAll(List.of("-map", "0:" + film.video().index()));
        List<String> filters = new ArrayList<>();
        filters.add("setpts=PTS-(" + film.startTicks() + ")");
        if (settings.deinterlace() && film.isInterlaced()) {
            filters.add("bwdif=mode=send_frame");
        }
        filters.add("format=" + film.layout().name());
        arguments.addAll(List.of("-an", "-sn", "-dn", "-vf", String.join(",", filters)));
        arguments.addAll(PIPE_OUT);
        arguments.addAll(List.of("-c:v", "rawvideo", "-f", "nut", "pipe:1"));
        return arguments;
    }

    /** What the encoder takes, by FFmpeg's names. */
    private List<String> supported() throws IOException {
        List<String> known = supported;
        if (known == null) {
            known = askSupported();
            supported = known;
        }
        return known;
    }

    private List<String> askSupported() throws IOException {
        byte[] answer = ffmpeg.ask(
                ffmpeg.ffmpeg(), List.of("-h", "encoder=" + settings.codec().encoder()));
        Matcher matcher = SUPPORTED.matcher(new String(answer, StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new FilmRefused(
                    FilmRefused.Reason.MISSING,
                    "ffmpeg has no encoder " + settings.codec().encoder()
                            + "; choose another --codec, or install an ffmpeg that has it");
        }
        return List.of(matcher.group(1).strip().split("\\s+"));
    }

    /** The layout in which the encoder is given its frames: the one that loses least of the film's. */
    PixelLayout encodedLayout() throws IOException {
        PixelLayout own = film.layout();
        // Transparency of VP9 is a stream of its own beside each frame, which the parts do not carry.
        boolean alpha = settings.codec() != FilmCodec.VP9;
        return supported().stream()
                .map(PixelLayout::of)
                .flatMap(Optional::stream)
                .filter(layout -> layout.equals(own) || !layout.isFullByName())
                .filter(layout -> alpha || !layout.alpha())
                .min(Comparator.comparingInt(layout -> loss(own, layout)))
                .orElse(own);
    }

    /** The encoder's own name for a layout, or for one that holds the same samples in another order. */
    private String encodedName(PixelLayout layout) throws IOException {
        List<String> names = supported();
        return names.contains(layout.name())
                ? layout.name()
                : names.stream()
                        .filter(name ->
                                PixelLayout.of(name).filter(layout::equals).isPresent())
                        .findFirst()
                        .orElse(layout.name());
    }

    private static int loss(PixelLayout own, PixelLayout other) {
        int loss = own.equals(other) ? -1 : 0;
        loss += own.alpha() != other.alpha() ? 1000 : 0;
        loss += own.kind() == other.kind() ? 0 : own.kind() == PixelLayout.Kind.GREY ? 5 : 100;
        loss += other.bits() < own.bits() ? 20 * (own.bits() - other.bits()) : other.bits() - own.bits();
        loss += dearer(own.chromaX(), other.chromaX()) + dearer(own.chromaY(), other.chromaY());
        return loss;
    }

    private static int dearer(int own, int other) {
        return own < other ? 15 * (other - own) : 2 * (own - other);
    }

    /** What of the film is lost in a layout, as a sentence; empty if nothing. */
    Optional<String> lost(PixelLayout layout) {
        PixelLayout own = film.layout();
        List<String> lost = new ArrayList<>();
        if (own.alpha() && !layout.alpha()) {
            lost.add("transparency");
        }
        if (own.bits() > layout.bits()) {
            lost.add(own.bits() + " bits a sample (they become " + layout.bits() + ")");
        }
        if (own.chromaX() < layout.chromaX() || own.chromaY() < layout.chromaY()) {
            lost.add("colour in full resolution");
        }
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(settings.codec().word() + " as ffmpeg has it does not hold " + String.join(" or ", lost)
                        + "; --codec ffv1 does");
    }

    /** Encodes frames from standard input to standard output. */
    List<String> encode(Colours colours, PixelLayout layout) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-copyts", "-f", "nut", "-i", "pipe:0", "-map", "0:v:0"));
        arguments.addAll(encoder(colours, layout));
        arguments.addAll(PIPE_OUT);
        arguments.addAll(List.of("-f", "nut", "pipe:1"));
        return arguments;
    }

    private List<String> encoder(Colours colours, PixelLayout layout) throws IOException {
        List<String> arguments = new ArrayList<>();
        List<String> said = new ArrayList<>();
        if (layout.kind() != PixelLayout.Kind.RGB) {
            said.add("range=" + (colours.full() ? "pc" : "tv"));
            said.add("colorspace=" + colours.matrix());
        }
        String primaries = film.video().colour("color_primaries");
        String transfer = film.video().colour("color_transfer");
        if (!primaries.isEmpty()) {
            said.add("color_primaries=" + primaries);
        }
        if (!transfer.isEmpty()) {
            said.add("color_trc=" + transfer);
        }
        if (!said.isEmpty()) {
            arguments.addAll(List.of("-vf", "setparams=" + String.join(":", said)));
        }
        arguments.addAll(List.of("-pix_fmt", encodedName(layout)));
        String location = film.video().text("chroma_location");
        if (layout.kind() == PixelLayout.Kind.YUV && !location.isEmpty() && !location.equals("unspecified")) {
            arguments.addAll(List.of("-chroma_sample_location", location));
        }
        arguments.addAll(settings.encoding());
        if (settings.codec() == FilmCodec.HEVC) {
            arguments.addAll(List.of("-x265-params", String.join(":", x265())));
        }
        return arguments;
    }

    private List<String> x265() throws IOException {
        List<String> words = new ArrayList<>(List.of("log-level=error"));
        if (film.isHdr()) {
            words.addAll(hdr().x265());
        }
        return words;
    }

    private HdrMetadata hdr() throws IOException {
        HdrMetadata known = hdr;
        if (known == null) {
            known = HdrMetadata.ask(ffmpeg, film);
            hdr = known;
        }
        return known;
    }

    /** Why an HDR film cannot keep what it says of its screen; empty if it can. */
    Optional<String> hdrRefusal(PixelLayout layout) throws IOException {
        if (!film.isHdr()) {
            return Optional.empty();
        }
        if (layout.bits() < 10) {
            return Optional.of(film.file() + " is an HDR film of 10 bits or more, and "
                    + settings.codec().word() + " would keep " + layout.bits() + "; choose --codec hevc or ffv1");
        }
        boolean says = settings.codec() != FilmCodec.HEVC && hdr().says();
        return says
                ? Optional.of(film.file() + " is an HDR film with metadata of its screen, which only --codec hevc keeps"
                        + " here; choose that")
                : Optional.empty();
    }

    /**
     * Joins encoded frames from standard input with all else that the film has, into a file.
     *
     * @param length seconds that are taken of all else
     * @param oneFrame whether there is only one
     */
    List<String> join(Container container, double length, boolean oneFrame, Path file) {
        List<String> arguments = inputs(length);
        arguments.addAll(mapped(container));
        arguments.addAll(List.of("-c:v:0", "copy"));
        arguments.addAll(colourTags());
        if (oneFrame || container.isOfQuickTime()) {
            // From its timestamp nobody knows how long the last frame is shown, and without that it is not shown at
            // all.
            long[] base = film.timeBase();
            double rate = film.rate() > 0 ? film.rate() : 25;
            long ticks = Math.max(1, Math.round(base[1] / (rate * base[0])));
            arguments.addAll(List.of("-bsf:v:0", "setts=pts=PTS:dts=DTS:duration=" + ticks));
        }
        arguments.addAll(List.of("-y", Ffmpeg.file(file)));
        return arguments;
    }

    /** What the film says of its colours, for files whose frames do not say it themselves. */
    private List<String> colourTags() {
        List<String> arguments = new ArrayList<>();
        Map.of(
                        "color_range", "-color_range:v:0",
                        "color_space", "-colorspace:v:0",
                        "color_primaries", "-color_primaries:v:0",
                        "color_transfer", "-color_trc:v:0",
                        "chroma_location", "-chroma_sample_location:v:0")
                .forEach((key, option) -> {
                    String word = film.video().colour(key);
                    // Encoders of red, green and blue say so themselves.
                    if (!word.isEmpty() && !word.equals("gbr")) {
                        arguments.addAll(List.of(option, word));
                    }
                });
        return arguments;
    }

    /** Encodes frames from standard input and joins them with all else, to standard output. */
    List<String> stream(Container container, Colours colours, PixelLayout layout) throws IOException {
        List<String> arguments = inputs(settings.duration());
        arguments.addAll(mapped(container));
        arguments.addAll(encoder(colours, layout).stream()
                .map(word -> word.equals("-vf") ? "-filter:v:0" : word.equals("-c:v") ? "-c:v:0" : word)
                .toList());
        arguments.addAll(List.of("-fps_mode", "passthrough", "-enc_time_base", "-1"));
        arguments.add("pipe:1");
        return arguments;
    }

    /** @param length seconds that are taken of all else */
    private List<String> inputs(double length) {
        List<String> arguments = new ArrayList<>(List.of("-copyts"));
        arguments.addAll(List.of("-itsoffset", seconds(startSeconds()), "-f", "nut", "-i", "pipe:0"));
        if (settings.start() > 0) {
            arguments.addAll(List.of("-ss", seconds(settings.start())));
        }
        if (Double.isFinite(length)) {
            arguments.addAll(List.of("-t", seconds(length)));
        }
        arguments.addAll(Ffmpeg.input(film.file()));
        return arguments;
    }

    private List<String> mapped(Container container) {
        List<String> arguments = new ArrayList<>(List.of("-map", "0:v:0"));
        int at = 1;
        for (Film.Stream stream : film.streams()) {
            if (stream.index() != film.video().index()
                    && container.passing(stream) instanceof Container.Passing.Kept kept) {
                arguments.addAll(List.of("-map", "1:" + stream.index(), "-c:" + at, kept.codec()));
                // Once one stream's tags are said, no other's are copied by themselves.
                arguments.addAll(List.of("-map_metadata:s:" + at, "1:s:" + stream.index()));
                at++;
            }
        }
        arguments.addAll(List.of("-map_metadata", "1", "-map_chapters", "1"));
        arguments.addAll(List.of("-map_metadata:s:v:0", "1:s:" + film.video().index()));
        // Frames come upright, and what encoded them is not what did so before.
        arguments.addAll(List.of("-metadata:s:v:0", "rotate=", "-metadata:s:v:0", "encoder="));
        arguments.addAll(List.of("-disposition:v:0", film.video().disposition()));
        boolean negative = film.streams().stream()
                .anyMatch(stream -> stream.text("start_time").startsWith("-"));
        if (container == Container.MATROSKA && !negative && settings.start() == 0) {
            // Its timestamps are those of presentation alone, so none is negative where the film's are not.
            arguments.addAll(List.of("-avoid_negative_ts", "disabled"));
        }
        if (container == Container.MATROSKA || container == Container.WEBM) {
            // What a decoder of sound swallows before the beginning; others say in the file that it is not heard.
            arguments.addAll(List.of("-copypriorss:a", "0"));
        }
        if (settings.start() > 0) {
            arguments.addAll(List.of("-output_ts_offset", seconds(-settings.start() - Math.max(0, startSeconds()))));
        }
        arguments.addAll(container.arguments(settings.codec()));
        arguments.addAll(List.of("-f", container.format()));
        return arguments;
    }

    /** What is not copied, a sentence a stream. */
    List<String> left(Container container) {
        List<String> left = new ArrayList<>();
        for (Film.Stream stream : film.streams()) {
            if (stream.index() != film.video().index()
                    && container.passing(stream) instanceof Container.Passing.Left away) {
                left.add("stream " + stream.index() + " is left out: " + away.why());
            }
        }
        return left;
    }
}
