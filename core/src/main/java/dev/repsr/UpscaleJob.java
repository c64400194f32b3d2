package dev.repsr;

import dev.repsr.image.DecodedPicture;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureProbe;
import dev.repsr.image.PictureRows;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
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
     * Looks at the header alone and says what the job will do, and with how much memory.
     *
     * @throws dev.repsr.image.ImageRefused if the input is missing, no picture, or beyond a limit
     */
    public UpscalePlan plan() throws IOException {
        PictureProbe probe = input.probe(options.limits());
        JobSteps steps = JobSteps.of(input.name(), options, models, probe.format());
        return new UpscalePlan(
                probe.format(),
                steps.output(),
                probe.type(),
                steps.treatment(),
                steps.model().model().name(),
                JobMemory.least(steps, options) + probe.bytes(),
                JobMemory.most(steps, options) + probe.bytes());
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
        ImageType type = ImageType.ofName(output.toString())
                .orElseThrow(() -> new OutputRefused(
                        OutputRefused.Reason.UNSUPPORTED,
                        output + ": its ending is no picture format that is written; end it with .png or .jpg"));
        return to(output, type);
    }

    /** As {@link #to(Path)}, in this format whatever the name's ending is. */
    public UpscaleResult to(Path output, ImageType type) throws IOException {
        return run(new JobOutput.ToFile(output, type, seal));
    }

    /** As {@link #to(Path)}, into a stream that stays open; after a failure it may hold a part of the picture. */
    public UpscaleResult to(OutputStream output, ImageType type) throws IOException {
        return run(new JobOutput.ToStream(output, type));
    }

    /** The whole path of a picture. */
    private UpscaleResult run(JobOutput output) throws IOException {
        long start = System.nanoTime();
        checkGoingOn();
        output.check(input, options.overwrite());
        DecodedPicture decoded = input.decode(options.limits());
        if (options.strict() && !decoded.warnings().isEmpty()) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, decoded.warnings().getFirst());
        }
        Picture picture = decoded.picture();
        JobSteps steps = JobSteps.of(input.name(), options, models, picture.format());
        output.check(steps.output());
        EncodeOptions encoding = new EncodeOptions(options.jpegQuality(), decoded.metadata());
        // Bands are computed while the encoder asks for rows; the part beside the output gets its name at the end.
        try (PictureRows rows = steps.rows(input.name(), picture.rows(), options)) {
            if (steps.treatment() == Treatment.COPIED && decoded.type() == output.type() && input.canBeCopied()) {
                output.write(input::copyTo);
            } else {
                output.write(out -> ImageWriter.write(new WatchedRows(rows, this), output.type(), encoding, out));
            }
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new UpscaleCancelled(input.name());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return steps.result(input.name(), output, millis, decoded.warnings());
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
