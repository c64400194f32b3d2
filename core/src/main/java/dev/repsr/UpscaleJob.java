package dev.repsr;

import dev.repsr.image.Condition;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureProbe;
import dev.repsr.image.PictureSource;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.ByteBudget;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One picture to be enlarged: {@code to(...)}, {@code toFile}, {@code toStream}, {@code toBytes} and {@code asBufferedImage} do the work
 * on the calling thread and return when the output is whole; {@link #async(Work)} does it on another. Any other thread may {@link
 * #cancel()} meanwhile, or interrupt the working one.
 *
 * <pre>{@code
 * BufferedImage large = upscaler.upscale(image).asBufferedImage();
 * byte[] png = upscaler.upscale(bytes).onProgress(UpscaleProgress.percent(bar::setValue)).toBytes(ImageType.PNG);
 * }</pre>
 *
 * A job is done once; make a new one for each output.
 */
public final class UpscaleJob {
    /**
     * What is done with a job on another thread: {@code UpscaleJob::asBufferedImage}, {@code job -> job.toFile(path)}.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the job, and returns what it gave. */
        T of(UpscaleJob job) throws IOException;
    }

    private final LoadedModels models;
    private final UpscaleOptions options;
    private final @Nullable ByteBudget memory;
    private final JobInput input;
    private volatile boolean cancelled;
    /** The thread that waits for a part of the memory. */
    private @Nullable Thread waiting;

    private volatile @Nullable UpscaleResult result;
    private volatile UpscaleProgress progress = (rowsDone, rows) -> {};
    private volatile AtomicFile.Seal seal = checksum -> {};

    /** @param memory that is shared with other jobs, or null */
    UpscaleJob(LoadedModels models, UpscaleOptions options, @Nullable ByteBudget memory, JobInput input) {
        this.models = models;
        this.options = options;
        this.memory = memory;
        this.input = input;
    }

    /**
     * Sets who is told the SHA-256 of an output file when it is whole and does not have its name yet; what that throws drops the
     * output. Returns this job.
     */
    public UpscaleJob onSealed(AtomicFile.Seal listener) {
        seal = listener;
        return this;
    }

    /**
     * Looks at the header alone and says what the job will do, and with how much memory. Where the pixels decide which of two models
     * runs, it names the one for sound pictures, and the memory is enough for either.
     *
     * @param output format to be written
     * @throws dev.repsr.image.ImageRefused if the input is missing, no picture, or beyond a limit
     * @throws OutputRefused if the format cannot hold a picture of the output's size. Whether it holds the picture's transparency
     *     may show only when that is decoded
     */
    public UpscalePlan plan(ImageType output) throws IOException {
        return plan(input, new JobOutput.ToStream(OutputStream.nullOutputStream(), output));
    }

    private UpscalePlan plan(JobInput from, JobOutput output) throws IOException {
        PictureProbe probe = from.probe(options.limits());
        JobSteps steps = JobSteps.of(input.name(), options, models, probe.format(), () -> Condition.SOUND);
        PictureFormat opaque = new PictureFormat(
                steps.output().width(),
                steps.output().height(),
                3,
                steps.output().bitDepth());
        output.check(input.name(), opaque);
        JobMemory memory = JobMemory.of(steps, options, probe.memory(), output);
        // Where the pixels will say which of two models runs, there is memory for either.
        JobMemory otherMemory = steps.choice().isEmpty()
                ? memory
                : JobMemory.of(
                        JobSteps.of(input.name(), options, models, probe.format(), () -> Condition.POOR),
                        options,
                        probe.memory(),
                        output);
        return new UpscalePlan(
                probe.format(),
                steps.output(),
                probe.type(),
                steps.treatment(),
                steps.models(),
                steps.engine(),
                Math.max(memory.leastBytes(), otherMemory.leastBytes()),
                Math.max(memory.mostBytes(), otherMemory.mostBytes()));
    }

    /** As {@link #plan(ImageType)}, for the format that the name's ending says. */
    public UpscalePlan plan(Path output) throws IOException {
        return plan(typeOf(output));
    }

    /** Sets who is told how far the job is; returns this job. */
    public UpscaleJob onProgress(UpscaleProgress listener) {
        progress = listener;
        return this;
    }

    /**
     * Enlarges into a file of the format that the name's ending says.
     *
     * @throws dev.repsr.image.ImageRefused if the input is missing, damaged, no picture or beyond a limit
     * @throws OutputRefused if the output exists already, is the input, or its ending is no format that is written
     * @throws dev.repsr.check.OutputDisagrees if the enlarged picture does not agree with its input; nothing is left behind
     * @throws UpscaleCancelled if the job was cancelled or the thread interrupted
     * @throws IOException if the output cannot be written
     */
    public UpscaleResult to(Path output) throws IOException {
        return to(output, typeOf(output));
    }

    private static ImageType typeOf(Path output) throws OutputRefused {
        return ImageType.ofName(output.toString())
                .orElseThrow(() -> new OutputRefused(
                        OutputRefused.Reason.UNSUPPORTED,
                        output + ": its ending is no picture format that is written; end it with .png, .jpg, .tif, .gif"
                                + " or .webp"));
    }

    /** As {@link #to(Path)}, in this format whatever the name's ending is. */
    public UpscaleResult to(Path output, ImageType type) throws IOException {
        return run(new JobOutput.ToFile(output, type, options.overwrite(), seal));
    }

    /** As {@link #to(Path)}, into a stream that stays open; after a failure it may hold a part of the picture. */
    public UpscaleResult to(OutputStream output, ImageType type) throws IOException {
        return run(new JobOutput.ToStream(output, type));
    }

    /** The same as {@link #to(Path)}, which Kotlin would take for its own {@code to} where the argument is no path. */
    public UpscaleResult toFile(Path output) throws IOException {
        return to(output);
    }

    /** The same as {@link #to(Path, ImageType)}. */
    public UpscaleResult toFile(Path output, ImageType type) throws IOException {
        return to(output, type);
    }

    /** As {@link #to(Path)}. */
    public UpscaleResult toFile(File output) throws IOException {
        return to(output.toPath());
    }

    /** The same as {@link #to(OutputStream, ImageType)}. */
    public UpscaleResult toStream(OutputStream output, ImageType type) throws IOException {
        return to(output, type);
    }

    /**
     * Enlarges into the bytes of a file; throws as {@link #to(Path)}. The job's memory holds them, too.
     *
     * @throws OutputRefused if the format is not written or cannot hold the picture, or the file may be too large for an array
     */
    public byte[] toBytes(ImageType type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        run(new JobOutput.ToBytes(bytes, type));
        return bytes.toByteArray();
    }

    /**
     * Enlarges into an image; throws as {@link #to(Path)}. The job's memory holds it, too. Its type is TYPE_INT_RGB, TYPE_INT_ARGB,
     * TYPE_BYTE_GRAY or TYPE_USHORT_GRAY where one of these holds the samples, else a custom one of interleaved bytes or unsigned
     * shorts: for grey with alpha, 16 bits with colours, and samples that are meant in another colour space than sRGB.
     *
     * @throws OutputRefused if the image would be too large for an array
     */
    public BufferedImage asBufferedImage() throws IOException {
        JobOutput.ToImage output = new JobOutput.ToImage();
        run(output);
        return output.image();
    }

    /** As {@link #async(Work, Executor)}, on a new thread. */
    public <T> CompletableFuture<T> async(Work<T> work) {
        return async(work, task -> Thread.ofPlatform().name("repsr-job").start(task));
    }

    /**
     * Does the work on another thread: {@code job.async(UpscaleJob::asBufferedImage, executor)}. What it throws, an {@link
     * UpscaleCancelled} say, completes the future. Whoever completes the future first, by {@code cancel} or {@code orTimeout}, cancels
     * the job; futures that are derived from it do not.
     *
     * @param <T> what the work gives
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a cancellation
    public <T> CompletableFuture<T> async(Work<T> work, Executor executor) {
        CompletableFuture<T> future = new CompletableFuture<>();
        AtomicBoolean ended = new AtomicBoolean();
        executor.execute(() -> {
            try {
                T given = work.of(this);
                ended.set(true);
                future.complete(given);
            } catch (Throwable e) {
                // Whatever it is, somebody waits for the future.
                ended.set(true);
                future.completeExceptionally(e);
            }
        });
        future.whenComplete((given, thrown) -> {
            if (!ended.get()) {
                cancel();
            }
        });
        return future;
    }

    /** What was done, and what is to be said about it; empty until then. */
    public Optional<UpscaleResult> result() {
        return Optional.ofNullable(result);
    }

    private UpscaleResult run(JobOutput output) throws IOException {
        checkGoingOn();
        output.check(input);
        try {
            UpscaleResult made = memory == null ? run(output, input, options) : within(memory, output);
            result = made;
            return made;
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new UpscaleCancelled(input.name());
        }
    }

    /** Waits until the memory that the job takes with all its threads is there. */
    @SuppressWarnings("try") // a part of the memory is held by being open
    private UpscaleResult within(ByteBudget shared, JobOutput output) throws IOException {
        JobInput held;
        long most;
        // A header is looked for in the whole file.
        try (ByteBudget.Part header = take(shared, input.headerBytes())) {
            held = input.held(options.limits());
            most = plan(held, output).mostBytes();
        }
        long bytes = Math.min(Math.min(options.memoryBytes(), shared.bytes()), most);
        try (ByteBudget.Part part = take(shared, bytes)) {
            return run(output, held, options.withMemoryBytes(bytes));
        }
    }

    private ByteBudget.Part take(ByteBudget shared, long bytes) throws UpscaleCancelled {
        try {
            synchronized (this) {
                waiting = Thread.currentThread();
            }
            checkGoingOn();
            return shared.take(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpscaleCancelled(input.name());
        } finally {
            synchronized (this) {
                waiting = null;
                if (cancelled) {
                    // The interruption was for this wait alone.
                    Thread.interrupted();
                }
            }
        }
    }

    /** The whole path of a picture. */
    private UpscaleResult run(JobOutput output, JobInput from, UpscaleOptions own) throws IOException {
        long start = System.nanoTime();
        try (PictureSource source = from.open(own.reading())) {
            requireSound(source);
            JobPicture picture = JobPicture.of(source, output.type());
            JobSteps steps = JobSteps.of(input.name(), own, models, picture.format(), source::condition);
            output.check(output.name(), steps.output());
            JobMemory.Share share =
                    JobMemory.of(steps, own, source.memory(), output).reserve(input.name());
            JobMetadata metadata = JobMetadata.of(input.name(), source, steps.output(), output.type(), own.metadata());
            JobPicture.Work work = rows -> steps.rows(input.name(), rows, own, share);
            switch (output) {
                case JobOutput.Encoded encoded -> {
                    if (isCopiedAsItIs(steps, source, encoded)) {
                        encoded.write(from::copyTo);
                    } else {
                        EncodeOptions encoding = new EncodeOptions(own.jpegQuality(), metadata.kept());
                        // Bands are computed while the encoder asks for rows; the part beside the output gets its name
                        // at the end.
                        encoded.write(out -> {
                            picture.write(work, steps.output(), this, encoding, out);
                            requireSound(source);
                        });
                    }
                }
                case JobOutput.ToImage image -> {
                    image.take(picture.image(
                            work, steps.output(), this, metadata.kept().profile()));
                    requireSound(source);
                }
            }
            List<String> warnings = new ArrayList<>(source.warnings());
            warnings.addAll(metadata.warnings());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return steps.result(input.name(), output, share.planned(), millis, warnings);
        }
    }

    private boolean isCopiedAsItIs(JobSteps steps, PictureSource source, JobOutput output) {
        return steps.treatment() == Treatment.COPIED
                && source.type() == output.type()
                && input.canBeCopied()
                && options.metadata() == MetadataChoice.ALL;
    }

    /** A picture that is decoded row by row may turn out to be damaged when its last row has been read. */
    private void requireSound(PictureSource source) throws ImageRefused {
        if (options.strict() && !source.warnings().isEmpty()) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, source.warnings().getFirst());
        }
    }

    /** Ends the job soon; what works on it then throws {@link UpscaleCancelled}. Without effect on a finished job. */
    public synchronized void cancel() {
        cancelled = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** Refuses to go on once the job was cancelled or its thread interrupted. */
    void checkGoingOn() throws UpscaleCancelled {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new UpscaleCancelled(input.name());
        }
    }

    void rowsDone(int rowsDone, int rows) {
        progress.rowsDone(rowsDone, rows);
    }
}
