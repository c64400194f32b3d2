package dev.repsr;

import dev.repsr.image.Condition;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureProbe;
import dev.repsr.image.PictureSource;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One picture to be enlarged: {@code to(...)} does the work on the calling thread and returns when the output is whole.
 * Any other thread may {@link #cancel()} meanwhile, or interrupt the working one.
 */
public final class UpscaleJob {
    private final LoadedModels models;
    private final UpscaleOptions options;
    private final JobInput input;
    private volatile boolean cancelled;
    private volatile UpscaleProgress progress = (rowsDone, rows) -> {};
    private volatile AtomicFile.Seal seal = checksum -> {};

    UpscaleJob(LoadedModels models, UpscaleOptions options, JobInput input) {
        this.models = models;
        this.options = options;
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
        PictureProbe probe = input.probe(options.limits());
        JobSteps steps = JobSteps.of(input.name(), options, models, probe.format(), () -> Condition.SOUND);
        PictureFormat opaque = new PictureFormat(
                steps.output().width(),
                steps.output().height(),
                3,
                steps.output().bitDepth());
        JobOutput.check(input.name(), opaque, output);
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

    /** The whole path of a picture. */
    private UpscaleResult run(JobOutput output) throws IOException {
        long start = System.nanoTime();
        checkGoingOn();
        output.check(input);
        try (PictureSource source = input.open(options.reading())) {
            return run(output, source, start);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new UpscaleCancelled(input.name());
        }
    }

    private UpscaleResult run(JobOutput output, PictureSource source, long start) throws IOException {
        requireSound(source);
        JobPicture picture = JobPicture.of(source, output.type());
        JobSteps steps = JobSteps.of(input.name(), options, models, picture.format(), source::condition);
        output.check(steps.output());
        JobMemory.Share share =
                JobMemory.of(steps, options, source.memory(), output.type()).reserve(input.name());
        JobMetadata metadata = JobMetadata.of(input.name(), source, steps.output(), output.type(), options.metadata());
        if (isCopiedAsItIs(steps, source, output)) {
            output.write(input::copyTo);
        } else {
            EncodeOptions encoding = new EncodeOptions(options.jpegQuality(), metadata.kept());
            // Bands are computed while the encoder asks for rows; the part beside the output gets its name at the end.
            output.write(out -> {
                picture.write(
                        rows -> steps.rows(input.name(), rows, options, share), steps.output(), this, encoding, out);
                requireSound(source);
            });
        }
        List<String> warnings = new ArrayList<>(source.warnings());
        warnings.addAll(metadata.warnings());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return steps.result(input.name(), output, share.planned(), millis, warnings);
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

    /** Ends the job soon; {@code to(...)} then throws {@link UpscaleCancelled}. Without effect on a finished job. */
    public void cancel() {
        cancelled = true;
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
