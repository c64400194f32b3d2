package dev.repsr;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.RowNetwork;
import dev.repsr.format.Model;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Enlarges pictures with one network:
 *
 * <pre>{@code
 * Upscaler.load("repsr-m4c16-x4").upscale(Path.of("photo.jpg")).to(Path.of("photo_x4.png"));
 * }</pre>
 *
 * Immutable and thread-safe; loading is costly, so keep one for many pictures.
 */
public final class Upscaler {
    private final Model model;
    private final UpscaleOptions options;
    private final PreparedNetwork network;

    private Upscaler(Model model, UpscaleOptions options, Engine engine) {
        this.model = model;
        this.options = options;
        this.network = engine.prepare(model.network());
    }

    /**
     * Loads a built-in network by its name, or a model file.
     *
     * @throws UnknownModel if it is no file, and no built-in network has this name
     * @throws dev.repsr.format.ModelRefused if it is a file that is missing, damaged or not read
     */
    public static Upscaler load(String nameOrFile) throws IOException {
        return of(Models.open(nameOrFile));
    }

    /** An upscaler that runs this model, with {@link UpscaleOptions#defaults()}. */
    public static Upscaler of(Model model) {
        return of(model, UpscaleOptions.defaults());
    }

    /**
     * An upscaler that runs this model.
     *
     * @throws IllegalArgumentException if this JVM has no such engine
     */
    public static Upscaler of(Model model, UpscaleOptions options) {
        return new Upscaler(model, options, Engines.choose(options.engine()));
    }

    /** The same model with other options; throws as {@link #of(Model, UpscaleOptions)}. */
    public Upscaler with(UpscaleOptions newOptions) {
        return of(model, newOptions);
    }

    /** The model that runs. */
    public Model model() {
        return model;
    }

    /** A job that enlarges a picture file. */
    public UpscaleJob upscale(Path input) {
        return new UpscaleJob(this, new JobInput.FromFile(input));
    }

    /** A job that enlarges a picture read from a stream to its end; the stream stays open. */
    public UpscaleJob upscale(InputStream input) {
        return new UpscaleJob(this, new JobInput.FromStream(input, "the input stream"));
    }

    /** The whole path of a picture. */
    UpscaleResult run(JobInput input, JobOutput output, UpscaleJob job) throws IOException {
        long start = System.nanoTime();
        job.checkGoingOn();
        output.check(input, options.overwrite());
        try (PictureSource source = input.open(options.reading())) {
            return run(input, output, source, job, start);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new UpscaleCancelled(input.name());
        }
    }

    private UpscaleResult run(JobInput input, JobOutput output, PictureSource source, UpscaleJob job, long start)
            throws IOException {
        requireSound(source);
        PictureFormat format = source.format();
        int scale = model.network().scale();
        RowNetwork engine = network.forPicture(format.width(), format.height());
        JobMemory memory = JobMemory.reserve(input.name(), format, source.heldBytes(), engine, output.type(), options);
        EnlargedPicture enlarged = new EnlargedPicture(source, engine, options.threads(), memory.bandBytes(), job);
        output.check(enlarged.format());
        JobMetadata metadata = JobMetadata.of(source, enlarged.format(), output.type(), options.strip());
        EncodeOptions encoding = new EncodeOptions(options.jpegQuality(), metadata.kept());
        // Bands are computed while the encoder asks for rows; the part beside the output gets its name at the end.
        output.write(out -> {
            enlarged.write(output.type(), encoding, out);
            requireSound(source);
        });
        List<String> warnings = new ArrayList<>(source.warnings());
        warnings.addAll(metadata.warnings());
        return new UpscaleResult(
                input.name(),
                output.name(),
                output.type(),
                format.width() * scale,
                format.height() * scale,
                model.name(),
                scale,
                engine.engine(),
                memory.plannedBytes(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                warnings);
    }

    /** A picture that is decoded row by row may turn out to be damaged when its last row has been read. */
    private void requireSound(PictureSource source) throws ImageRefused {
        if (options.strict() && !source.warnings().isEmpty()) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, source.warnings().getFirst());
        }
    }
}
