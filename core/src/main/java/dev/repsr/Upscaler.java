package dev.repsr;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.image.BufferedImages;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.ByteBudget;
import dev.repsr.merge.ReceiptPatch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Enlarges pictures with one network:
 *
 * <pre>{@code
 * Upscaler.load("repsr-m4c16-x4").upscale(Path.of("photo.jpg")).toFile(Path.of("photo_x4.png"));
 * Upscaler.load("repsr-m4c16-x4").longSide(3840).upscale(Path.of("photo.jpg")).toFile(Path.of("poster.png"));
 * BufferedImage large = Upscaler.load("repsr-m4c16-x2").upscale(image).asBufferedImage();
 * }</pre>
 *
 * Immutable and thread-safe; loading is costly, so keep one for many pictures.
 */
public final class Upscaler {
    private final LoadedModels models;
    private final UpscaleOptions options;
    private final @Nullable ByteBudget memory;

    Upscaler(LoadedModels models, UpscaleOptions options) {
        this(models, options, null);
    }

    private Upscaler(LoadedModels models, UpscaleOptions options, @Nullable ByteBudget memory) {
        this.models = models;
        this.options = options;
        this.memory = memory;
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
        return new Upscaler(LoadedModels.only(model, Engines.choose(options.engine())), options);
    }

    /**
     * An upscaler that takes for each picture the built-in network whose scale fits the size to be reached. Where there is one for
     * photographs of this scale, it looks at the picture and takes that one if the picture is in poor condition ({@link
     * dev.repsr.image.Condition}).
     *
     * @param scale of the network that runs when no size is asked for
     * @throws UnknownModel if no built-in network has this scale
     * @throws IllegalArgumentException if this JVM has no such engine
     */
    public static Upscaler builtIn(int scale, UpscaleOptions options) throws IOException {
        return new Upscaler(LoadedModels.builtIn(scale, Engines.choose(options.engine())), options);
    }

    /**
     * An upscaler that takes for each picture the network, of those that are the best for something, whose scale fits the size to be
     * reached.
     *
     * @param scale of the network that runs when no size is asked for; that of the largest scale does where there is none of this
     * @param strength with which noise is removed, 0 to 1, where it is chosen ({@link Models#denoised})
     * @throws UnknownModel if no built-in network is for it, or none of a pair where a strength is chosen
     * @throws IllegalArgumentException if this JVM has no such engine
     */
    public static Upscaler best(ShortName purpose, int scale, OptionalDouble strength, UpscaleOptions options)
            throws IOException {
        return new Upscaler(LoadedModels.best(purpose, scale, strength, Engines.choose(options.engine())), options);
    }

    /**
     * An upscaler as the command line and the server choose it.
     *
     * @param model a name as {@link Models#open(String)} takes it; empty: the default of each scale, or those for photographs where a
     *     strength is chosen
     * @param strength with which noise is removed, 0 to 1, where it is chosen
     * @param wholeScale the enlargement that is asked for, where it is a whole number: the network of this scale is loaded at once,
     *     others when a picture needs them
     * @throws UnknownModel if there is no such model, or no strength to be chosen
     * @throws dev.repsr.format.ModelRefused if it is a file that is missing, damaged or not read
     * @throws IllegalArgumentException if this JVM has no such engine
     */
    public static Upscaler chosen(
            Optional<String> model, OptionalDouble strength, OptionalInt wholeScale, UpscaleOptions options)
            throws IOException {
        if (model.isEmpty() && strength.isEmpty()) {
            return builtIn(usualScale(wholeScale, Models.BuiltIn::isDefault), options);
        }
        Optional<ShortName> purpose = model.isEmpty() ? Optional.of(ShortName.PHOTO) : ShortName.of(model.get());
        if (purpose.isPresent()) {
            int scale = usualScale(wholeScale, builtIn -> builtIn.shortNames().contains(purpose.get()));
            return best(purpose.get(), scale, strength, options);
        }
        String named = model.orElseThrow();
        return of(strength.isEmpty() ? Models.open(named) : Models.denoised(named, strength.getAsDouble()), options);
    }

    private static int usualScale(OptionalInt asked, Predicate<Models.BuiltIn> fits) throws IOException {
        int scale = asked.orElse(Models.USUAL_SCALE);
        return Models.list().stream().filter(fits).anyMatch(builtIn -> builtIn.scale() == scale)
                ? scale
                : Models.USUAL_SCALE;
    }

    /** The same model with other options; throws as {@link #of(Model, UpscaleOptions)}. */
    public Upscaler with(UpscaleOptions newOptions) {
        boolean sameEngine = newOptions.engine().equals(options.engine());
        return new Upscaler(sameEngine ? models : models.on(Engines.choose(newOptions.engine())), newOptions, memory);
    }

    /**
     * The same, with a memory that all upscalers share which are given it: each job waits until the most that it takes, or {@link
     * UpscaleOptions#memoryBytes()} if that is less, is free, so that all together never take more. Jobs get it in the order in which they
     * ask. Bytes that come by an array, a stream or a URL, and images, are there while their jobs wait, beside it.
     */
    public Upscaler sharing(ByteBudget shared) {
        return new Upscaler(models, options, shared);
    }

    /** The same, to enlarge both sides so many times, 1 to 8; a resampling step follows where the network's scale is another. */
    public Upscaler times(double factor) {
        return with(options.withTarget(new TargetSize.Times(factor)));
    }

    /** The same, to reach this many pixels across, also by reducing. */
    public Upscaler width(int pixels) {
        return with(options.withTarget(new TargetSize.Width(pixels)));
    }

    /** The same, to reach this many pixels down, also by reducing. */
    public Upscaler height(int pixels) {
        return with(options.withTarget(new TargetSize.Height(pixels)));
    }

    /** The same, to reach this many pixels along the longer side, also by reducing. */
    public Upscaler longSide(int pixels) {
        return with(options.withTarget(new TargetSize.LongSide(pixels)));
    }

    /** The same, to reach the largest size that fits into a box of so many pixels, also by reducing. */
    public Upscaler fitting(int width, int height) {
        return with(options.withTarget(new TargetSize.Fitting(width, height)));
    }

    /** The same with another quality of JPEG and WebP, 1 to 100; it is 95 unless asked otherwise. */
    public Upscaler quality(int quality) {
        return with(options.withJpegQuality(quality));
    }

    /** The same with another self-check; it is {@link SelfCheckMode#ON} unless asked otherwise. */
    public Upscaler selfCheck(SelfCheckMode mode) {
        return with(options.withSelfCheck(mode));
    }

    /** The model that runs; of several, the one that runs when no size is asked for. */
    public Model model() {
        return models.usual().model();
    }

    /** All models that may run. */
    public List<Model> models() throws IOException {
        return models.all();
    }

    /** Whether there are pictures that two of the models would enlarge in turn, to reach the size that is asked for. */
    public boolean mayRunTwo() {
        return models.mayRunTwo(options.target());
    }

    /** How pictures are enlarged. */
    public UpscaleOptions options() {
        return options;
    }

    /** A job that enlarges a picture file. */
    public UpscaleJob upscale(Path input) {
        return job(new JobInput.FromFile(input));
    }

    private UpscaleJob job(JobInput input) {
        return new UpscaleJob(models, options, memory, input);
    }

    /** As {@link #upscale(Path)}. */
    public UpscaleJob upscale(File input) {
        return upscale(input.toPath());
    }

    /**
     * A job that enlarges a picture file that is somewhere else. It is fetched when the job begins; a connection that gives nothing for
     * half a minute is given up. Whether this place may be asked is the caller's to know.
     */
    public UpscaleJob upscale(URL input) {
        return job(new JobInput.FromUrl(input));
    }

    /** A job that enlarges a picture file that is in memory; its bytes are not copied, and must not be changed before the job is done. */
    public UpscaleJob upscale(byte[] input) {
        return upscale(input, "the bytes");
    }

    /** As {@link #upscale(byte[])}, with a name for messages. */
    public UpscaleJob upscale(byte[] input, String name) {
        return job(new JobInput.FromBytes(Objects.requireNonNull(input, "no bytes"), name));
    }

    /**
     * A job that enlarges an image by its stored samples: grey, alpha and 16 bits are kept, a palette becomes what its colours are, CMYK
     * becomes RGB, and a colour profile stays with the samples. The image must not be changed before the job is done.
     *
     * @throws IllegalArgumentException if its samples are no whole numbers of at most 16 bits, or its colours neither grey nor RGB nor
     *     CMYK
     */
    public UpscaleJob upscale(BufferedImage input) {
        // Refuses what is not read.
        BufferedImages.format(input);
        return job(new JobInput.FromImage(input));
    }

    /** A job that enlarges a picture read from a stream to its end; the stream stays open. */
    public UpscaleJob upscale(InputStream input) {
        return upscale(input, "the input stream");
    }

    /** As {@link #upscale(InputStream)}, with a name for messages. */
    public UpscaleJob upscale(InputStream input, String name) {
        return job(new JobInput.FromStream(input, name));
    }

    /**
     * What enlarges pictures of one size that come as rows of samples. Where a model of each scale is chosen by the picture's condition,
     * it is the one for sound pictures.
     *
     * @param name what messages call the pictures
     * @param input what goes in
     * @param beside bytes that the caller holds while a picture is enlarged, by what comes out; they count among those that are allowed
     * @throws dev.repsr.image.ImageRefused if pictures of this size are beyond a limit
     */
    public FrameUpscaler frames(String name, PictureFormat input, ToLongFunction<PictureFormat> beside)
            throws IOException {
        return new FrameUpscaler(name, models.on(Engines.forMany(options.engine())), options, input, beside);
    }

    /** Makes ready for pictures of small size, as {@link #warmUp(int, int)} does. */
    public void warmUp() throws IOException {
        Picture photograph = ReceiptPatch.photograph();
        warmUp(photograph.width(), photograph.height());
    }

    /**
     * Enlarges a photograph of this size to nowhere, so that the networks that run at this size are loaded, have proved themselves and are
     * compiled before the first picture comes. Throws as {@link UpscaleJob#to(Path)}.
     */
    public void warmUp(int width, int height) throws IOException {
        Picture tile = ReceiptPatch.photograph();
        PictureFormat format = tile.format().resized(width, height);
        byte[] samples = new byte[Math.toIntExact(format.bytes())];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / format.channels();
            int x = pixel % width % tile.width();
            int y = pixel / width % tile.height();
            samples[i] = (byte) tile.sample(x, y, i % format.channels());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter.write(Picture.of(format, samples).rows(), ImageType.PNG, EncodeOptions.defaults(), file);
        upscale(file.toByteArray()).to(OutputStream.nullOutputStream(), ImageType.PNG);
    }
}
