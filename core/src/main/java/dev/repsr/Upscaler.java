package dev.repsr;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.RowNetwork;
import dev.repsr.format.Model;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
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
        DecodedPicture decoded = input.decode(options.limits());
        if (options.strict() && !decoded.warnings().isEmpty()) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, decoded.warnings().getFirst());
        }
        Picture picture = decoded.picture();
        int scale = model.network().scale();
        RowNetwork engine = network.forPicture(picture.width(), picture.height());
        long bandBytes = JobMemory.reserve(input.name(), picture.format(), engine, options);
        output.check(picture.format().resized(picture.width() * scale, picture.height() * scale));
        EncodeOptions encoding = new EncodeOptions(options.jpegQuality(), decoded.metadata());
        // Bands are computed while the encoder asks for rows; the part beside the output gets its name at the end.
        try (PictureRows rows = NetworkRows.enlarge(engine, picture.rows(), options.threads(), bandBytes)) {
            output.write(out -> ImageWriter.write(new WatchedRows(rows, job), output.type(), encoding, out));
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new UpscaleCancelled(input.name());
        }
        return new UpscaleResult(
                input.name(),
                output.name(),
                output.type(),
                picture.width() * scale,
                picture.height() * scale,
                model.name(),
                scale,
                engine.engine(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                decoded.warnings());
    }
}
