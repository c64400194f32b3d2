package dev.repsr.app.video;

import dev.repsr.FrameUpscaler;
import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.app.folder.SettingsChecksum;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of a film: decoded, enlarged frame by frame, encoded in parts that stay when the program is ended, and joined with its
 * sound and all else. Used once.
 */
public final class FilmRun {
    /** Frames of a part: what is done again at most after the program was ended. */
    static final int PART_FRAMES = 240;

    private static final int WAITING = 2;
    private static final int TRIAL_FRAMES = 12;

    /** Raw frames of either side that are there at once: waiting, in work, and the last one. */
    private static final int HELD = WAITING + 3;

    private static final int MOST_FRAME_BYTES = 1 << 30;
    private static final int SAMPLE_BYTES = 1 << 20;

    private final Ffmpeg ffmpeg;
    private final Upscaler upscaler;
    private final Film film;
    private final FilmSettings settings;
    private final FilmCommands commands;
    private final Listener listener;
    private final List<String> warnings = new ArrayList<>();
    private final Shares shares = new Shares();

    private long done;
    private long repeated;
    private byte[] lastInput = {};
    private byte[] lastOutput = {};

    /** Is told how far a film is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A frame is enlarged.
         *
         * @param done frames so far, those of earlier runs too
         * @param all as the container says it, or 0
         * @param bytes encoded so far
         */
        void frame(long done, long all, long bytes);
    }

    /** Nanoseconds of the thread that enlarges. */
    private static final class Shares {
        private long decoding;
        private long enlarging;
        private long encoding;
    }

    private FilmRun(Ffmpeg ffmpeg, Upscaler upscaler, Film film, FilmSettings settings, Listener listener) {
        this.ffmpeg = ffmpeg;
        this.upscaler = upscaler;
        this.film = film;
        this.settings = settings;
        this.commands = new FilmCommands(ffmpeg, film, settings);
        this.listener = listener;
    }

    /**
     * Looks at the film.
     *
     * @throws FilmRefused if it is no film, or not one that is enlarged
     */
    public static FilmRun of(Ffmpeg ffmpeg, Upscaler upscaler, Path input, FilmSettings settings, Listener listener)
            throws IOException {
        return new FilmRun(ffmpeg, upscaler, Film.open(ffmpeg, input), settings, listener);
    }

    /** The codec that is nearest to a film's own; empty if there is none of these. */
    public static Optional<FilmCodec> codecOf(Ffmpeg ffmpeg, Path input) throws IOException {
        return FilmCodec.of(Film.open(ffmpeg, input).video().codec());
    }

    /** A film's usual codec: HDR needs another one than all else. */
    public static FilmCodec usualCodec(Ffmpeg ffmpeg, Path input) throws IOException {
        return Film.open(ffmpeg, input).isHdr() ? FilmCodec.HEVC : FilmCodec.H264;
    }

    /** What frames become, and how. */
    private record Setup(
            FrameUpscaler frames, NutHeader raw, PixelLayout layout, Colours colours, NutHeader encoded, long waiting) {
        /** Bytes that the run takes. */
        long bytes() {
            return frames.memoryBytes() + waiting;
        }
    }

    private Setup setup(NutHeader raw) throws IOException {
        PictureFormat format = film.layout().picture(raw.width(), raw.height());
        PixelLayout layout = commands.encodedLayout();
        PictureFormat enlarged = upscaler.frames(film.file().toString(), format).output();
        long waiting = HELD
                * (film.layout().frameBytes(raw.width(), raw.height())
                        + layout.frameBytes(enlarged.width(), enlarged.height()));
        UpscaleOptions options = upscaler.options();
        FrameUpscaler frames = upscaler.with(options.withMemoryBytes(Math.max(1, options.memoryBytes() - waiting)))
                .frames(film.file().toString(), format);
        commands.lost(layout).ifPresent(this::warn);
        Optional<String> refusal = commands.hdrRefusal(layout);
        if (refusal.isPresent()) {
            throw new FilmRefused(FilmRefused.Reason.UNSUPPORTED, refusal.get());
        }
        int width = frames.output().width();
        int height = frames.output().height();
        if (settings.codec() != FilmCodec.FFV1) {
            // Encoders refuse sizes that their pairs of pixels do not fill.
            width -= layout.chromaX() > 0 && width > 1 ? width % 2 : 0;
            height -= layout.chromaY() > 0 && height > 1 ? height % 2 : 0;
        }
        if (width != frames.output().width() || height != frames.output().height()) {
            warn("the film becomes " + width + "x" + height + ", since "
                    + settings.codec().word() + " takes even sizes alone");
        }
        if (film.isInterlaced()) {
            warn(
                    settings.deinterlace()
                            ? film.file()
                                    + " is interlaced: each two fields become one picture (--deinterlace never leaves them)"
                            : film.file() + " is interlaced, and its fields are enlarged as they are");
        }
        Colours colours = film.colours();
        if (film.layout().kind() == PixelLayout.Kind.RGB && layout.kind() != PixelLayout.Kind.RGB) {
            colours = Colours.of("", false, "left", height).orElseThrow();
        }
        return new Setup(frames, raw, layout, colours, raw.with(layout.fourcc(), width, height), waiting);
    }

    private void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    private FrameSource source(double from) throws IOException {
        return new FrameSource(ffmpeg, film, commands.decode(from), MOST_FRAME_BYTES);
    }

    /** What a film becomes, before it does. */
    public record Plan(
            int width,
            int height,
            int newWidth,
            int newHeight,
            String models,
            long frames,
            double frameSeconds,
            long bytes,
            List<String> warnings) {}

    /** Enlarges a few frames to nowhere, and says what the film will become. */
    public Plan plan() throws IOException, InterruptedException {
        try (FrameSource source = source(seekBefore(settings.start()))) {
            Setup setup = setup(source.header());
            long start = 0;
            int frames = 0;
            NutFrame next = first(source);
            // The first one finds code that is not compiled.
            while (next != null && frames < TRIAL_FRAMES) {
                enlarge(setup, next.bytes());
                start = frames == 0 ? System.nanoTime() : start;
                frames++;
                next = source.next();
            }
            double each = frames < 2 ? 0 : (System.nanoTime() - start) / 1e9 / (frames - 1);
            return new Plan(
                    setup.raw().width(),
                    setup.raw().height(),
                    setup.encoded().width(),
                    setup.encoded().height(),
                    setup.frames().models(),
                    expected(),
                    each,
                    setup.bytes(),
                    List.copyOf(warnings));
        }
    }

    /**
     * Enlarges the film into a stream of Matroska, which stays open. What it holds after a failure is a part of the film.
     */
    public FilmResult to(OutputStream output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        commands.left(Container.MATROSKA).forEach(this::warn);
        AtomicLong bytes = new AtomicLong();
        try (FrameSource source = source(seekBefore(settings.start()))) {
            Setup setup = setup(source.header());
            List<String> command = commands.stream(Container.MATROSKA, setup.colours(), setup.layout());
            NutFrame next = first(source);
            NutFrame last = next;
            try (FrameSink sink = new FrameSink(
                    "encode",
                    ffmpeg.start(ffmpeg.ffmpeg(), command),
                    setup.encoded(),
                    (made, ended) -> take(made, ended, new Counted(output, bytes)))) {
                while (next != null && isWanted(setup, next)) {
                    sink.write(enlarged(setup, next));
                    last = next;
                    done++;
                    listener.frame(done, expected(), bytes.get());
                    next = source.next();
                }
                sink.finish();
            }
            source.warnings().forEach(this::warn);
            double end = last == null ? 0 : setup.raw().seconds(last.timestamp());
            return result("-", setup, bytes.get(), end, start);
        }
    }

    /**
     * Enlarges the film into a file.
     *
     * @param work folder of unfinished parts, which goes when the film is finished
     * @param resume whether parts of an earlier run count
     * @param overwrite whether an existing output is replaced
     * @throws FilmRefused if the film cannot be decoded, or the output is of a kind that cannot hold it
     * @throws FileAlreadyExistsException if the output is there meanwhile and is not to be replaced
     * @throws dev.repsr.check.OutputDisagrees if a frame does not pass the self-check
     */
    public FilmResult to(Path output, Path work, boolean resume, boolean overwrite)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Container container = container(output);
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("Cannot write " + output + ": there is no folder " + folder + "; create it first");
        }
        try (Parts parts = Parts.open(work, key(container), resume)) {
            Path scratch = parts.scratch("joined." + container.format());
            Setup setup = frames(container, parts);
            double end = join(container, parts, setup, scratch);
            AtomicFile.adopt(scratch, output, overwrite);
            long bytes = Files.size(output);
            parts.delete();
            return result(output.toString(), setup, bytes, end, start);
        }
    }

    private Container container(Path output) throws FilmRefused {
        Container container = Container.of(output)
                .orElseThrow(() -> new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED,
                        output + ": its ending is no kind of film that is written; end it with one of "
                                + Container.allEndings()));
        commands.left(container).forEach(this::warn);
        return container;
    }

    /** Checksum of all that decides what the parts hold. The film is known by its size, its time and its ends. */
    private String key(Container container) throws IOException {
        String options = String.join(
                "\n",
                SettingsChecksum.of(upscaler),
                settings.toString(),
                container.format(),
                Files.size(film.file()) + " " + Files.getLastModifiedTime(film.file()));
        return Sha256.hex(options.getBytes(StandardCharsets.UTF_8), ends());
    }

    private byte[] ends() throws IOException {
        try (var channel = Files.newByteChannel(film.file())) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * SAMPLE_BYTES);
            channel.read(bytes.limit(SAMPLE_BYTES));
            channel.position(Math.max(0, channel.size() - SAMPLE_BYTES));
            channel.read(bytes.limit(2 * SAMPLE_BYTES));
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** Makes all parts that are not there. */
    private Setup frames(Container container, Parts parts) throws IOException, InterruptedException {
        done = parts.frames();
        List<Parts.Part> finished = parts.finished();
        FrameSource source = finished.isEmpty() ? source(seekBefore(settings.start())) : behind(finished.getLast());
        try (source) {
            Setup setup = setup(source.header());
            if (finished.isEmpty()) {
                tryOut(container, parts, setup);
            }
            NutFrame next = finished.isEmpty() ? first(source) : source.next();
            while (next != null && isWanted(setup, next)) {
                next = part(parts, setup, source, next);
            }
            source.warnings().forEach(this::warn);
            if (done == 0) {
                throw new FilmRefused(
                        FilmRefused.Reason.DAMAGED,
                        film.file() + " has no frame "
                                + (settings.isCut() ? "in that part of it" : "that can be decoded"));
            }
            return setup;
        }
    }

    /** Seconds at which to look for a key frame, so that it lies well before a time. */
    private static double seekBefore(double seconds) {
        return seconds > 10 ? seconds - 10 : 0;
    }

    private @Nullable NutFrame first(FrameSource source) throws IOException, InterruptedException {
        NutFrame next = source.next();
        while (next != null && source.header().seconds(next.timestamp()) < settings.start() - 1e-6) {
            next = source.next();
        }
        return next;
    }

    private boolean isWanted(Setup setup, NutFrame frame) {
        return setup.raw().seconds(frame.timestamp()) < settings.start() + settings.duration() - 1e-6;
    }

    /**
     * Frames behind those of a finished part: decoded from a key frame some seconds before, if the last frame of that part then comes out
     * as it was, else from the beginning.
     */
    private FrameSource behind(Parts.Part last) throws IOException, InterruptedException {
        long[] base = film.timeBase();
        double seconds = (double) last.last() * base[0] / base[1];
        for (double from : new double[] {seekBefore(seconds), 0}) {
            FrameSource source = source(from);
            NutFrame next = source.next();
            while (next != null && next.timestamp() < last.last()) {
                next = source.next();
            }
            if (next != null && next.timestamp() == last.last() && checksum(next.bytes()) == last.checksum()) {
                return source;
            }
            source.close();
        }
        throw new FilmRefused(
                FilmRefused.Reason.DAMAGED,
                film.file()
                        + " is decoded otherwise than before, so the unfinished work does not go on; begin anew with"
                        + " --no-resume");
    }

    private static long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    /** Finds out before the long work whether a frame of this size can be encoded, and the output can hold all that the film has. */
    private void tryOut(Container container, Parts parts, Setup setup) throws IOException {
        Path trial = parts.scratch("trial.nut");
        byte[] black = new byte
                [Math.toIntExact(setup.layout()
                        .frameBytes(setup.encoded().width(), setup.encoded().height()))];
        try (FrameSink sink = sink(setup, (made, ended) -> AtomicFile.write(trial, out -> take(made, ended, out)))) {
            sink.write(new NutFrame(0, true, black));
            sink.finish();
        }
        Path joined = parts.scratch("trial." + container.format());
        try {
            join(container, List.of(trial), 0.5, true, joined);
        } catch (IOException e) {
            throw new FilmRefused(
                    FilmRefused.Reason.UNSUPPORTED,
                    "a file of the kind " + container.format() + " cannot hold this film with its sound: "
                            + e.getMessage() + "; name the output .mkv");
        }
        Files.deleteIfExists(trial);
        Files.deleteIfExists(joined);
    }

    private FrameSink sink(Setup setup, FrameSink.Taker taker) throws IOException {
        return new FrameSink(
                "encode",
                ffmpeg.start(ffmpeg.ffmpeg(), commands.encode(setup.colours(), setup.layout())),
                setup.encoded(),
                taker);
    }

    private static void take(InputStream made, FrameSink.Ending ended, OutputStream out) throws IOException {
        made.transferTo(out);
        ended.requireGood();
    }

    /** Encodes frames up to the length of a part; gives the frame behind them, or null at the end. */
    private @Nullable NutFrame part(Parts parts, Setup setup, FrameSource source, NutFrame first)
            throws IOException, InterruptedException {
        CompletableFuture<Parts.Part> facts = new CompletableFuture<>();
        AtomicLong bytes = new AtomicLong(parts.bytes());
        FrameSink.Taker taker = (made, ended) -> parts.write(
                out -> take(made, ended, new Counted(out, bytes)),
                sha256 -> facts.join().with(sha256));
        try (FrameSink sink = sink(setup, taker)) {
            Conveyor<NutFrame> enlarged = new Conveyor<>(WAITING);
            Thread writer = Thread.ofPlatform().daemon().name("repsr-encode").start(() -> write(enlarged, sink));
            NutFrame next = first;
            NutFrame last = first;
            int frames = 0;
            try {
                while (next != null && frames < PART_FRAMES && isWanted(setup, next)) {
                    put(enlarged, enlarged(setup, next));
                    last = next;
                    frames++;
                    done++;
                    listener.frame(done, expected(), bytes.get());
                    long waits = System.nanoTime();
                    next = source.next();
                    shares.decoding += System.nanoTime() - waits;
                }
            } finally {
                enlarged.end();
            }
            writer.join();
            enlarged.requireSound();
            facts.complete(new Parts.Part(frames, last.timestamp(), checksum(last.bytes()), ""));
            sink.finish();
            return next;
        } finally {
            // Nobody waits for what will not come; without effect where it has.
            facts.cancel(false);
        }
    }

    /** Bytes that are counted on their way. */
    private static final class Counted extends FilterOutputStream {
        private final AtomicLong count;

        Counted(OutputStream out, AtomicLong count) {
            super(out);
            this.count = count;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count.addAndGet(length);
        }
    }

    private void put(Conveyor<NutFrame> to, NutFrame frame) throws IOException, InterruptedException {
        long waits = System.nanoTime();
        boolean wanted = to.put(frame);
        shares.encoding += System.nanoTime() - waits;
        if (!wanted) {
            to.requireSound();
        }
    }

    private static void write(Conveyor<NutFrame> from, FrameSink sink) {
        try {
            NutFrame next = from.take();
            while (next != null) {
                sink.write(next);
                next = from.take();
            }
        } catch (IOException | RuntimeException | Error e) {
            from.fail(e);
            from.close();
        } catch (InterruptedException e) {
            from.close();
        }
    }

    private long expected() {
        if (!settings.isCut()) {
            return film.frames();
        }
        double seconds = Math.min(settings.duration(), film.seconds() - settings.start());
        return seconds > 0 && film.rate() > 0 ? Math.round(seconds * film.rate()) : 0;
    }

    /** A frame that is the same as the one before it to the bit becomes what that one became. */
    private NutFrame enlarged(Setup setup, NutFrame frame) throws IOException {
        if (frame.bytes().length
                != film.layout().frameBytes(setup.raw().width(), setup.raw().height())) {
            throw new IOException("ffmpeg gives a frame of " + frame.bytes().length + " bytes, which is not its size");
        }
        if (Arrays.equals(frame.bytes(), lastInput)) {
            repeated++;
        } else {
            long start = System.nanoTime();
            lastOutput = enlarge(setup, frame.bytes());
            lastInput = frame.bytes();
            shares.enlarging += System.nanoTime() - start;
        }
        return new NutFrame(frame.timestamp(), true, lastOutput);
    }

    private byte[] enlarge(Setup setup, byte[] frame) throws IOException {
        NutHeader raw = setup.raw();
        FrameRows picture = new FrameRows(film.layout(), film.colours(), raw.width(), raw.height(), frame);
        FrameBytes bytes = new FrameBytes(
                setup.layout(),
                setup.colours(),
                setup.encoded().width(),
                setup.encoded().height());
        try (PictureRows rows = setup.frames().enlarge(picture)) {
            return bytes.frame(rows);
        }
    }

    /** Joins the parts with all else; gives the seconds at which the film ends. */
    private double join(Container container, Parts parts, Setup setup, Path file) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < parts.finished().size(); i++) {
            files.add(parts.file(i));
        }
        join(container, files, settings.duration(), done == 1, file);
        return setup.raw().seconds(parts.finished().getLast().last());
    }

    private void join(Container container, List<Path> files, double length, boolean oneFrame, Path file)
            throws IOException {
        Ffmpeg.Running muxer = ffmpeg.start(ffmpeg.ffmpeg(), commands.join(container, length, oneFrame, file));
        NutHeader header;
        try (NutReader first = new NutReader(Files.newInputStream(files.getFirst()), MOST_FRAME_BYTES)) {
            header = first.header();
        }
        try (FrameSink sink = new FrameSink("join", muxer, header, (made, ended) -> {
            made.transferTo(OutputStream.nullOutputStream());
            ended.requireGood();
        })) {
            for (Path part : files) {
                try (NutReader reader = new NutReader(Files.newInputStream(part), MOST_FRAME_BYTES)) {
                    NutFrame next = reader.next();
                    while (next != null) {
                        sink.write(next);
                        next = reader.next();
                    }
                }
            }
            sink.finish();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("ffmpeg wrote no file " + file);
        }
    }

    private FilmResult result(String output, Setup setup, long bytes, double end, long start) {
        return new FilmResult(
                film.file().toString(),
                output,
                setup.frames().models(),
                setup.frames().engine(),
                settings.codec().word(),
                setup.encoded().width(),
                setup.encoded().height(),
                done,
                repeated,
                end,
                bytes,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                TimeUnit.NANOSECONDS.toMillis(shares.decoding),
                TimeUnit.NANOSECONDS.toMillis(shares.enlarging),
                TimeUnit.NANOSECONDS.toMillis(shares.encoding),
                List.copyOf(warnings));
    }
}
