package dev.repsr;

import dev.repsr.image.ImageType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * One picture to be enlarged: {@code to(...)} does the work on the calling thread and returns when the output is whole.
 * Any other thread may {@link #cancel()} meanwhile, or interrupt the working one.
 */
public final class UpscaleJob {
    private final Upscaler upscaler;
    private final JobInput input;
    private volatile boolean cancelled;
    private volatile UpscaleProgress progress = (rowsDone, rows) -> {};

    UpscaleJob(Upscaler upscaler, JobInput input) {
        this.upscaler = upscaler;
        this.input = input;
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
     * @throws UpscaleCancelled if the job was cancelled or the thread interrupted
     * @throws IOException if the output cannot be written
     */
    public UpscaleResult to(Path output) throws IOException {
        ImageType type = ImageType.ofName(output.toString())
                .orElseThrow(
                        () -> new OutputRefused(
                                OutputRefused.Reason.UNSUPPORTED,
                                output
                                        + ": its ending is no picture format that is written; end it with .png, .jpg, .tif, .gif or .webp"));
        return to(output, type);
    }

    /** As {@link #to(Path)}, in this format whatever the name's ending is. */
    public UpscaleResult to(Path output, ImageType type) throws IOException {
        return upscaler.run(input, new JobOutput.ToFile(output, type), this);
    }

    /** As {@link #to(Path)}, into a stream that stays open; after a failure it may hold a part of the picture. */
    public UpscaleResult to(OutputStream output, ImageType type) throws IOException {
        return upscaler.run(input, new JobOutput.ToStream(output, type), this);
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
