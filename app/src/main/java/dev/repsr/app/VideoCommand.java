package dev.repsr.app;

import dev.repsr.OutputRefused;
import dev.repsr.Upscaler;
import dev.repsr.app.video.Container;
import dev.repsr.app.video.Ffmpeg;
import dev.repsr.app.video.Film;
import dev.repsr.app.video.FilmCodec;
import dev.repsr.app.video.FilmPreview;
import dev.repsr.app.video.FilmResult;
import dev.repsr.app.video.FilmRun;
import dev.repsr.app.video.FilmSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Enlarges films. */
@Command(
        name = "video",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Enlarge a film, with its sound, subtitles and timestamps (by the installed ffmpeg).",
        description = {
            "",
            "Every frame keeps its own timestamp; sound, subtitles, chapters, cover and tags are copied. Ended at any time,",
            "the same command goes on where it was. Without -m, the fast network of the scale runs (see docs/video.md).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr video clip.mp4 -o clip_x2.mp4",
            "  repsr video old.avi -o new.mkv -m photo --height 1080",
            "  repsr video film.mkv -o film_2160.mkv --height 2160 --codec hevc --preview 5",
            "  repsr video clip.mp4 -o - | mpv -"
        })
final class VideoCommand implements Callable<Integer> {
    private static final String COPY = "copy-of-input";
    private static final String USUAL_MODEL = "fast";
    private static final int USUAL_SCALE = 2;

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "IN", description = "A film.")
    private String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description =
                    "File to write (its ending says the kind: .mp4, .mkv, .mov, .webm and others), or - for a stream of"
                            + " Matroska on standard output.")
    private String output = "";

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            converter = Codec.class,
            completionCandidates = Codec.class,
            description =
                    "h264, hevc, av1, ffv1 (nothing is lost), vp9, prores, or copy-of-input (default: h264; hevc for HDR).")
    private @Nullable String codec;

    @Option(
            names = "--crf",
            paramLabel = "N",
            description =
                    "Constant quality of the encoder: less is better and larger (default: 16 with h264, 18 with hevc).")
    private @Nullable Integer crf;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "How thoroughly the encoder works, in its own words, such as slow (default: medium).")
    private String preset = "";

    @Option(
            names = "--start",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Begin here: seconds, or hours:minutes:seconds.")
    private double start;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Take so much of the film: seconds, or hours:minutes:seconds.")
    private double duration = Double.POSITIVE_INFINITY;

    @Option(
            names = "--fps-as-is",
            description = "Keep the timestamp of every frame, whatever the rate is. This is always done.")
    @SuppressWarnings("UnusedVariable") // It asks for what is always done.
    private boolean fpsAsIs;

    @Option(
            names = "--deinterlace",
            paramLabel = "WHEN",
            converter = Deinterlace.class,
            description = "auto: where the film says that it is interlaced. never (default: auto).")
    private boolean deinterlace = true;

    @Option(
            names = "--resume",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Go on with the unfinished work of an earlier run (as usual), or drop it.")
    private boolean resume = true;

    @Option(
            names = "--preview",
            paramLabel = "SECONDS",
            description =
                    "First write so much of the film's middle as OUT_preview, and a page OUT_preview.html that compares.")
    private @Nullable Integer preview;

    @Option(
            names = "--dry-run",
            description = "Write nothing; say what the film would become, with the time and the memory.")
    private boolean dryRun;

    @Option(names = "--overwrite", description = "Replace an existing output, which is refused otherwise.")
    private boolean overwrite;

    @Option(
            names = "--ffmpeg",
            paramLabel = "PATH",
            description = "The program ffmpeg, or its folder (default: on the PATH).")
    private @Nullable Path ffmpeg;

    VideoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        network.check();
        boolean streamed = output.equals(OutputPlan.STANDARD);
        if (streamed && (common.json || preview != null)) {
            throw CommandFailure.usage(
                    "the film goes to standard output; leave out " + (common.json ? "--json" : "--preview"));
        }
        Ffmpeg programs = Ffmpeg.find(ffmpeg);
        Film film = Film.open(programs, Path.of(input));
        FilmSettings settings = settings(film);
        Container container = streamed ? Container.MATROSKA : container(Path.of(output));
        if (!streamed && !dryRun) {
            requireNewOutput(film.file());
        }
        Upscaler upscaler = network.upscaler(common.upscaleOptions(), USUAL_MODEL, USUAL_SCALE);
        if (dryRun) {
            say(new FilmRun(programs, upscaler, film, settings, (done, all, bytes) -> {}).plan());
            return ExitCode.OK;
        }
        if (preview != null) {
            preview(programs, upscaler, film, settings, container, preview);
        }
        try (TerminalLine line = new TerminalLine(console, System::nanoTime)) {
            FilmProgress progress = new FilmProgress(line);
            FilmRun run =
                    new FilmRun(programs, upscaler, film, settings, common.quiet ? (done, all, bytes) -> {} : progress);
            FilmResult result = streamed
                    ? run.to(console.out())
                    : run.to(Path.of(output), container, Path.of(output + ".parts"), resume, overwrite);
            line.clear();
            say(result, streamed);
        } catch (FileAlreadyExistsException e) {
            throw OutputRefused.exists(Path.of(output));
        }
        return ExitCode.OK;
    }

    private FilmSettings settings(Film film) throws CommandFailure {
        FilmCodec chosen;
        if (codec == null) {
            chosen = film.usualCodec();
        } else if (codec.equals(COPY)) {
            Optional<FilmCodec> own = film.codec();
            if (own.isEmpty()) {
                console.complain("there is no encoder for the codec of " + film.file() + " here; h264 is taken");
            }
            chosen = own.orElse(FilmCodec.H264);
        } else {
            chosen = FilmCodec.of(codec).orElseThrow();
        }
        if (crf != null && (crf < 0 || crf > chosen.largestCrf())) {
            throw CommandFailure.usage(
                    chosen.largestCrf() == 0
                            ? "--crf is for codecs that lose something, and " + chosen.word() + " has no such number"
                            : "--crf " + crf + " is out of range; 0 to " + chosen.largestCrf() + " is allowed with "
                                    + chosen.word());
        }
        if (!preset.isEmpty() && !chosen.hasPresets()) {
            throw CommandFailure.usage("--preset is for h264, hevc and av1, and " + chosen.word() + " has none");
        }
        OptionalInt quality = crf == null ? OptionalInt.empty() : OptionalInt.of(crf);
        return new FilmSettings(chosen, quality, preset, start, duration, deinterlace);
    }

    private static Container container(Path output) throws CommandFailure {
        return Container.of(output)
                .orElseThrow(() -> CommandFailure.usage(output
                        + ": its ending is no kind of film that is written; end it with one of "
                        + Container.allEndings()));
    }

    private void requireNewOutput(Path film) throws CommandFailure, IOException {
        Path out = Path.of(output);
        OutputRefused.requirePossibleName(out);
        if (Files.exists(out) && Files.exists(film) && Files.isSameFile(out, film)) {
            throw CommandFailure.usage(out + " is the film itself; choose another name");
        }
        if (!overwrite && Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw OutputRefused.exists(out);
        }
    }

    private void preview(
            Ffmpeg programs, Upscaler upscaler, Film film, FilmSettings settings, Container container, int seconds)
            throws CommandFailure, IOException, InterruptedException {
        if (seconds < 1) {
            throw CommandFailure.usage("--preview " + seconds + " is out of range; at least 1 is allowed");
        }
        FilmPreview.Written written =
                FilmPreview.write(programs, upscaler, film, settings, seconds, Path.of(output), container);
        console.complain("look at " + written.page() + " and " + written.clip() + "; the whole film follows");
    }

    private void say(FilmRun.Plan plan) {
        plan.warnings().forEach(console::complain);
        double seconds = plan.frames() * plan.frameSeconds();
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", input);
            line.put("output", output);
            line.put("model", plan.models());
            line.put("width", plan.newWidth());
            line.put("height", plan.newHeight());
            line.put("frames", plan.frames());
            line.put("frames_per_s", plan.frameSeconds() > 0 ? 1 / plan.frameSeconds() : 0);
            line.put("seconds", seconds);
            line.put("memory_bytes", plan.bytes());
            line.put("warnings", plan.warnings());
            JsonLines.print(console.out(), line);
            return;
        }
        console.say(String.format(
                Locale.ROOT,
                "%s: %dx%d becomes %dx%d by %s, %d frames at %.1f a second: about %s without encoding, %d MiB of memory",
                input,
                plan.width(),
                plan.height(),
                plan.newWidth(),
                plan.newHeight(),
                plan.models(),
                plan.frames(),
                plan.frameSeconds() > 0 ? 1 / plan.frameSeconds() : 0,
                ProgressLine.duration(Math.round(seconds)),
                plan.bytes() >> 20));
    }

    private void say(FilmResult result, boolean streamed) {
        result.warnings().forEach(console::complain);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", result.input());
            line.put("output", result.output());
            line.put("model", result.models());
            line.put("engine", result.engine());
            line.put("codec", result.codec());
            line.put("width", result.width());
            line.put("height", result.height());
            line.put("frames", result.frames());
            line.put("repeated", result.repeated());
            line.put("seconds", result.seconds());
            line.put("bytes", result.bytes());
            line.put("millis", result.millis());
            line.put("millis_decoding", result.millisDecoding());
            line.put("millis_enlarging", result.millisEnlarging());
            line.put("millis_encoding", result.millisEncoding());
            line.put("warnings", result.warnings());
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            String text = String.format(
                    Locale.ROOT,
                    "%s  %dx%d, %d frames, %s",
                    result.output(),
                    result.width(),
                    result.height(),
                    result.frames(),
                    ProgressLine.duration(Math.round(result.millis() / 1e3)));
            if (streamed) {
                console.complain(text);
            } else {
                console.say(text);
            }
        }
    }

    private static final class Codec implements ITypeConverter<String>, Iterable<String> {
        private static final List<String> WORDS = Stream.concat(
                        Arrays.stream(FilmCodec.values()).map(FilmCodec::word), Stream.of(COPY))
                .toList();

        @Override
        public Iterator<String> iterator() {
            return WORDS.iterator();
        }

        @Override
        public String convert(String value) {
            String word = value.toLowerCase(Locale.ROOT);
            if (!WORDS.contains(word)) {
                throw new TypeConversionException(
                        "there is no codec '" + value + "' here; " + String.join(", ", WORDS) + " are allowed");
            }
            return word;
        }
    }

    private static final class Deinterlace implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "auto" -> true;
                case "never" -> false;
                default -> throw new TypeConversionException("'" + value + "'; auto and never are allowed");
            };
        }
    }

    /** Seconds, or hours, minutes and seconds. */
    static final class Time implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            if (!value.matches("(\\d{1,3}:){0,2}\\d{1,7}(\\.\\d{1,6})?")) {
                throw new TypeConversionException(
                        "'" + value + "' is no time; seconds are allowed, also 12.5 and 1:02:03");
            }
            double seconds = 0;
            for (String part : value.split(":", -1)) {
                seconds = seconds * 60 + Double.parseDouble(part);
            }
            return seconds;
        }
    }
}
