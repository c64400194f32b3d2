package dev.repsr.app.video;

import dev.repsr.Upscaler;
import dev.repsr.app.folder.SettingsChecksum;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of a film: decoded, enlarged frame by frame, encoded in parts that stay when the program is ended, and joined with its
 * sound and all else. Used once.
 */
public final class FilmRun {
    /** Frames of a part: what is done again at most after the program was ended. */
    static final int PART_FRAMES = 240;

    /** Frames that wait for the encoder. */
    static final int WAITING = 2;

    private static final int TRIAL_FRAMES = 12;

    private final Ffmpeg ffmpeg;
    private final Upscaler upscaler;
    private final Film film;
    private final FilmSettings settings;
    private final FilmCommands commands;
    private final FilmJoin join;
    private final Listener listener;
    private final List<String> warnings = new ArrayList<>();

    private long done;
    private long nanosDecoding;
    private long nanosEncoding;

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

    /** A run on a film that was looked at. */
    public FilmRun(Ffmpeg ffmpeg, Upscaler upscaler, Film film, FilmSettings settings, Listener listener) {
        this.ffmpeg = ffmpeg;
        this.upscaler = upscaler;
        this.film = film;
        this.settings = settings;
        this.commands = new FilmCommands(ffmpeg, film, settings);
        this.join = new FilmJoin(ffmpeg, commands);
        this.listener = listener;
    }

    private FilmFrames setup(NutHeader raw) throws IOException {
        FilmFrames frames = new FilmFrames(upscaler, film, settings.codec(), commands.encodedLayout(), raw);
        commands.lost(frames.layout()).ifPresent(this::warn);
        Optional<String> refusal = commands.hdrRefusal(frames.layout());
        if (refusal.isPresent()) {
            throw new FilmRefused(FilmRefused.Reason.UNSUPPORTED, refusal.get());
        }
        if (frames.isCut()) {
            warn("the film becomes " + frames.encoded().width() + "x"
                    + frames.encoded().height() + ", since " + settings.codec().word() + " takes even sizes alone");
        }
        if (film.isInterlaced()) {
            warn(
                    settings.deinterlace()
                            ? film.file()
                                    + " is interlaced: each two fields become one picture (--deinterlace never leaves them)"
                            : film.file() + " is interlaced, and its fields are enlarged as they are");
        }
        return frames;
    }

    private void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    private FrameSource source(double from) throws IOException {
        upscaler.options()
                .limits()
                .checkInput(
                        film.file().toString(),
                        film.video().number("width"),
                        film.video().number("height"));
        return new FrameSource(ffmpeg, film, commands.decode(from));
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
            FilmFrames frames = setup(source.header());
            long start = 0;
            int tried = 0;
            NutFrame next = first(source);
            // The first one finds code that is not compiled.
            while (next != null && tried < TRIAL_FRAMES) {
                frames.enlarged(next);
                start = tried == 0 ? System.nanoTime() : start;
                tried++;
                next = source.next();
            }
            long computed = tried - 1 - frames.repeated();
            double each = computed < 1 ? 0 : (System.nanoTime() - start) / 1e9 / computed;
            return new Plan(
                    frames.raw().width(),
                    frames.raw().height(),
                    frames.encoded().width(),
                    frames.encoded().height(),
                    frames.models(),
                    settings.frames(film),
                    each,
                    frames.memoryBytes(),
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
            FilmFrames frames = setup(source.header());
            List<String> command = commands.stream(Container.MATROSKA, frames.colours(), frames.layout());
            NutFrame next = first(source);
            NutFrame last = next;
            try (FrameSink sink = new FrameSink(
                    "encode",
                    ffmpeg.start(ffmpeg.ffmpeg(), command),
                    frames.encoded(),
                    (made, ended) -> FilmJoin.take(made, ended, new Counted(output, bytes)))) {
                while (next != null && isWanted(frames, next)) {
                    sink.write(frames.enlarged(next));
                    last = next;
                    done++;
                    listener.frame(done, settings.frames(film), bytes.get());
                    next = source.next();
                }
                sink.finish();
            }
            source.warnings().forEach(this::warn);
            double end = last == null ? 0 : frames.raw().seconds(last.timestamp());
            return result("-", frames, bytes.get(), end, start);
        }
    }

    /**
     * Enlarges the film into a file.
     *
     * @param container kind of the file
     * @param work folder of unfinished parts, which goes when the film is finished
     * @param resume whether parts of an earlier run count
     * @param overwrite whether an existing output is replaced
     * @throws FilmRefused if the film cannot be decoded, or the output is of a kind that cannot hold it
     * @throws FileAlreadyExistsException if the output is there meanwhile and is not to be replaced
     * @throws dev.repsr.check.OutputDisagrees if a frame does not pass the self-check
     */
    public FilmResult to(Path output, Container container, Path work, boolean resume, boolean overwrite)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        commands.left(container).forEach(this::warn);
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("Cannot write " + output + ": there is no folder " + folder + "; create it first");
        }
        try (Parts parts = Parts.open(work, key(container), resume)) {
            Path scratch = parts.scratch("joined." + container.format());
            FilmFrames frames = frames(container, parts);
            join.join(container, parts, settings.duration(), scratch);
            double end = frames.raw().seconds(parts.finished().getLast().last());
            AtomicFile.adopt(scratch, output, overwrite);
            long bytes = Files.size(output);
            parts.delete();
            return result(output.toString(), frames, bytes, end, start);
        }
    }

    /** Checksum of all that decides what the parts hold. */
    private String key(Container container) throws IOException {
        String options = String.join("\n", SettingsChecksum.of(upscaler), settings.toString(), container.format());
        return Sha256.hex(options.getBytes(StandardCharsets.UTF_8), film.identity());
    }

    /** Makes all parts that are not there. */
    private FilmFrames frames(Container container, Parts parts) throws IOException, InterruptedException {
        done = parts.frames();
        List<Parts.Part> finished = parts.finished();
        FrameSource source = finished.isEmpty() ? source(seekBefore(settings.start())) : behind(finished.getLast());
        try (source) {
            FilmFrames frames = setup(source.header());
            if (finished.isEmpty()) {
                join.tryOut(container, parts, frames);
            }
            NutFrame next = finished.isEmpty() ? first(source) : source.next();
            while (next != null && isWanted(frames, next)) {
                next = part(parts, frames, source, next);
            }
            source.warnings().forEach(this::warn);
            if (done == 0) {
                throw new FilmRefused(
                        FilmRefused.Reason.DAMAGED,
                        film.file() + " has no frame "
                                + (settings.isCut() ? "in that part of it" : "that can be decoded"));
            }
            return frames;
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

    private boolean isWanted(FilmFrames frames, NutFrame frame) {
        return frames.raw().seconds(frame.timestamp()) < settings.start() + settings.duration() - 1e-6;
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
            if (isBehind(last, source)) {
                return source;
            }
        }
        throw new FilmRefused(
                FilmRefused.Reason.DAMAGED,
                film.file()
                        + " is decoded otherwise than before, so the unfinished work does not go on; begin anew with"
                        + " --no-resume");
    }

    /** Takes frames up to the last one of a part; where they come out otherwise the source is closed. */
    private static boolean isBehind(Parts.Part last, FrameSource source) throws IOException, InterruptedException {
        boolean found = false;
        try {
            NutFrame next = source.next();
            while (next != null && next.timestamp() < last.last()) {
                next = source.next();
            }
            found = next != null && next.timestamp() == last.last() && next.checksum() == last.checksum();
            return found;
        } finally {
            if (!found) {
                source.close();
            }
        }
    }

    /** Encodes frames up to the length of a part; gives the frame behind them, or null at the end. */
    private @Nullable NutFrame part(Parts parts, FilmFrames frames, FrameSource source, NutFrame first)
            throws IOException, InterruptedException {
        CompletableFuture<Parts.Part> facts = new CompletableFuture<>();
        AtomicLong bytes = new AtomicLong(parts.bytes());
        FrameSink.Taker taker = (made, ended) -> parts.write(
                out -> FilmJoin.take(made, ended, new Counted(out, bytes)),
                sha256 -> facts.join().with(sha256));
        try (FrameSink sink = join.encoder(frames, taker)) {
            Conveyor<NutFrame> enlarged = new Conveyor<>(WAITING);
            Thread writer = Thread.ofPlatform().daemon().name("repsr-encode").start(() -> write(enlarged, sink));
            NutFrame next = first;
            NutFrame last = first;
            int count = 0;
            try {
                while (next != null && count < PART_FRAMES && isWanted(frames, next)) {
                    put(enlarged, frames.enlarged(next));
                    last = next;
                    count++;
                    done++;
                    listener.frame(done, settings.frames(film), bytes.get());
                    long waits = System.nanoTime();
                    next = source.next();
                    nanosDecoding += System.nanoTime() - waits;
                }
            } finally {
                enlarged.end();
            }
            writer.join();
            enlarged.requireSound();
            facts.complete(new Parts.Part(count, last.timestamp(), last.checksum(), ""));
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
        nanosEncoding += System.nanoTime() - waits;
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

    private FilmResult result(String output, FilmFrames frames, long bytes, double end, long start) {
        return new FilmResult(
                film.file().toString(),
                output,
                frames.models(),
                frames.engine(),
                settings.codec().word(),
                frames.encoded().width(),
                frames.encoded().height(),
                done,
                frames.repeated(),
                end,
                bytes,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                TimeUnit.NANOSECONDS.toMillis(nanosDecoding),
                TimeUnit.NANOSECONDS.toMillis(frames.nanos()),
                TimeUnit.NANOSECONDS.toMillis(nanosEncoding),
                List.copyOf(warnings));
    }
}
