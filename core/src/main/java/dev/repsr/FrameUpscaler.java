package dev.repsr;

import dev.repsr.image.Condition;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * Enlarges pictures of one size that come as rows of samples and are in no file, such as the frames of a film. What is settled by the
 * size (networks, engine, memory) is settled once. The values of a picture depend on it alone. Thread-safe; each picture by itself uses
 * {@link UpscaleOptions#threads()} and {@link #memoryBytes()}.
 */
public final class FrameUpscaler {
    private final String name;
    private final JobSteps steps;
    private final UpscaleOptions options;
    private final JobMemory.Share share;

    FrameUpscaler(
            String name,
            LoadedModels models,
            UpscaleOptions options,
            PictureFormat input,
            ToLongFunction<PictureFormat> beside)
            throws IOException {
        options.limits().checkInput(name, input.width(), input.height());
        this.name = name;
        this.options = options;
        this.steps = JobSteps.of(name, options, models, input, () -> Condition.SOUND);
        this.share = new JobMemory(steps, options, 0, beside.applyAsLong(steps.output())).reserve(name);
    }

    /** The pictures that go in. */
    public PictureFormat input() {
        return steps.input();
    }

    /** The pictures that come out. */
    public PictureFormat output() {
        return steps.output();
    }

    /** Names of the models that run, in turn. */
    public String models() {
        return steps.models();
    }

    /** Name of the engine. */
    public String engine() {
        return steps.engine();
    }

    /** Bytes that are taken while a picture is enlarged, with what the caller holds beside it. */
    public long memoryBytes() {
        return share.planned();
    }

    /**
     * The rows of the enlarged picture, which are computed while they are read, and not clamped. Closed together with {@code rows}.
     *
     * @param rows of a picture of the format {@link #input()}
     * @throws dev.repsr.check.OutputDisagrees if the network does not prove itself; while rows are read, if a picture does not agree
     *     with its input
     */
    public PictureRows enlarge(PictureRows rows) throws IOException {
        if (!rows.format().equals(input())) {
            throw new IllegalArgumentException("a picture of " + rows.format() + " where " + input() + " is expected");
        }
        return steps.rows(name, rows, options, share);
    }
}
