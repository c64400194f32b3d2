package dev.repsr.app;

import dev.repsr.SelfCheckMode;
import dev.repsr.ShortName;
import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is asked of each picture, whoever reads and writes it: the network, the size, the format and the limits. */
public final class UpscalingOptions {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description =
                    "Name (see 'repsr models') or model file; clean, photo, drawing and fast are the best nets for these.")
    private @Nullable String model;

    @Mixin
    private final SizeOptions size = new SizeOptions();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "png, jpg, webp, tiff, gif, or same as the input (default: by OUT's ending, else png).")
    private @Nullable String format;

    @Option(
            names = "--quality",
            paramLabel = "N",
            converter = Quality.class,
            description = "Quality of JPEG and WebP, 1 to 100 (default: 95).")
    private @Nullable Integer quality;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description =
                    "Limit of the program's own buffers, for all pictures together, such as 512m (default: by Java's heap).")
    private @Nullable Long memory;

    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            converter = Megapixels.class,
            description = "Largest input; the output may have 16 times as many (default: 50).")
    private @Nullable Integer maxMegapixels;

    @Option(names = "--strict", description = "Refuse a damaged picture that could still be read in part.")
    private boolean strict;

    @Option(names = "--strip", description = "Leave out metadata: colour profile, EXIF, XMP, IPTC, resolution.")
    private boolean strip;

    @Option(
            names = "--ensemble",
            description =
                    "Average the eight flips and rotations of each picture; takes eight times as long or a little more.")
    private boolean ensemble;

    @Option(
            names = "--denoise",
            paramLabel = "SHARE",
            converter = Share.class,
            description = "How much noise is removed, 0 to 1, by models that are one of a pair (without -m: -m photo).")
    private @Nullable Double denoise;

    @Option(
            names = "--self-check",
            paramLabel = "MODE",
            converter = Mode.class,
            description =
                    "on: values that are no numbers, and pieces that come out otherwise when computed once more, are"
                            + " refused, and models that do not enlarge a known photograph. strict: changed levels and colours too. off"
                            + " (default: on).")
    private SelfCheckMode selfCheck = SelfCheckMode.ON;

    @Option(
            names = "--decode-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description =
                    "Refuse a picture that takes longer to be read (default: 120, for decoders that are not the program's own).")
    private @Nullable Duration decodeTimeout;

    /** Refuses two sizes, and a format that is not written. */
    public void check() throws CommandFailure {
        size.check();
        OutputPlan.of(List.of(), null, format, false, true);
    }

    /** The format asked for by its word, "same" where each keeps its own; null if none was. */
    @Nullable
    String format() {
        return format;
    }

    boolean hasQuality() {
        return quality != null;
    }

    /** The enlargement asked for as a number; empty if none was. */
    String askedScale() {
        return size.asked();
    }

    /** What names of outputs end with, such as x4. */
    String suffix(Upscaler upscaler) {
        return size.suffix(upscaler.model().network().scale());
    }

    /** Name of the output in a folder of outputs: photo.jpg becomes photo_x4.png. */
    public String outputName(String name, Upscaler upscaler) throws CommandFailure {
        return OutputPlan.nameOf(name, suffix(upscaler), outputType(name).extension());
    }

    /** Format of the output in a folder of outputs. */
    public ImageType outputType(String name) throws CommandFailure {
        return OutputPlan.of(List.of(), null, format, false, true).typeFor(name);
    }

    /** Whether a certain model is asked for, and not the best for something by the size of each picture. */
    public boolean namesModel() {
        return model != null && ShortName.of(model).isEmpty();
    }

    /**
     * The upscaler that is asked for.
     *
     * @param otherwise options for what none is asked for
     * @param loaded the model that {@link #namesModel} speaks of, where it was opened elsewhere
     * @throws CommandFailure if this JVM has no such engine
     * @throws IOException as {@link Upscaler#chosen} throws it
     */
    public Upscaler upscaler(UpscaleOptions otherwise, Optional<Model> loaded) throws CommandFailure, IOException {
        UpscaleOptions options = otherwise
                .withStrict(strict)
                .withStrip(strip)
                .withEnsemble(ensemble)
                .withSelfCheck(selfCheck)
                .withDecodeTime(decodeTimeout)
                .withTarget(size.target());
        if (quality != null) {
            options = options.withJpegQuality(quality);
        }
        if (memory != null) {
            options = options.withMemoryBytes(memory);
        }
        if (maxMegapixels != null) {
            options = options.withLimits(ImageLimits.ofInputPixels(maxMegapixels * 1_000_000L));
        }
        try {
            return loaded.isPresent() ? Upscaler.of(loaded.get(), options) : chosen(options);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private Upscaler chosen(UpscaleOptions options) throws IOException {
        return Upscaler.chosen(
                Optional.ofNullable(model),
                denoise == null ? OptionalDouble.empty() : OptionalDouble.of(denoise),
                size.wholeScale().map(OptionalInt::of).orElse(OptionalInt.empty()),
                options);
    }

    private static final class Quality implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, 100);
        }
    }

    static final class Seconds implements ITypeConverter<Duration> {
        private static final int MOST = 86_400;

        @Override
        public Duration convert(String value) {
            return Duration.ofSeconds(CommonOptions.inRange(value, 1, MOST));
        }
    }

    static final class Mode implements ITypeConverter<SelfCheckMode> {
        @Override
        public SelfCheckMode convert(String value) {
            return Arrays.stream(SelfCheckMode.values())
                    .filter(mode -> mode.name().equals(value.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "'; on, off and strict are allowed"));
        }
    }

    static final class Megapixels implements ITypeConverter<Integer> {
        private static final int MOST = 100_000;

        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST);
        }
    }
}
