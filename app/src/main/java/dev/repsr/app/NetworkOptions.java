package dev.repsr.app;

import dev.repsr.SelfCheckMode;
import dev.repsr.ShortName;
import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.image.ImageLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What enlarges pictures or frames: the network, the size to reach, the self-check and the limits. */
final class NetworkOptions {
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

    /** Refuses two sizes. */
    void check() throws CommandFailure {
        size.check();
    }

    /** The enlargement asked for as a number; empty if none was. */
    String askedScale() {
        return size.asked();
    }

    /** What names of outputs end with, such as x4. */
    String suffix(Upscaler upscaler) {
        return size.suffix(upscaler.model().network().scale());
    }

    /** Whether a certain model is asked for, and not the best for something by the size of each picture. */
    boolean namesModel() {
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
    Upscaler upscaler(UpscaleOptions otherwise, Optional<Model> loaded) throws CommandFailure, IOException {
        UpscaleOptions options = limited(otherwise);
        return loaded.isPresent()
                ? orUsage(() -> Upscaler.of(loaded.get(), options))
                : chosen(Optional.ofNullable(model), size.wholeScale(), options);
    }

    /**
     * The same where another model or scale than that of {@link #upscaler} is the usual one.
     *
     * @param usualModel that runs where neither a model nor a strength is asked for
     * @param usualScale where no size is asked for
     */
    Upscaler upscaler(UpscaleOptions otherwise, String usualModel, int usualScale) throws CommandFailure, IOException {
        Optional<String> name = model == null && denoise == null ? Optional.of(usualModel) : Optional.ofNullable(model);
        return chosen(name, Optional.of(size.wholeScale().orElse(usualScale)), limited(otherwise));
    }

    private UpscaleOptions limited(UpscaleOptions otherwise) {
        UpscaleOptions options = otherwise.withSelfCheck(selfCheck).withTarget(size.target());
        if (memory != null) {
            options = options.withMemoryBytes(memory);
        }
        return maxMegapixels == null
                ? options
                : options.withLimits(ImageLimits.ofInputPixels(maxMegapixels * 1_000_000L));
    }

    private Upscaler chosen(Optional<String> name, Optional<Integer> scale, UpscaleOptions options)
            throws CommandFailure, IOException {
        return orUsage(() -> Upscaler.chosen(
                name,
                denoise == null ? OptionalDouble.empty() : OptionalDouble.of(denoise),
                scale.map(OptionalInt::of).orElse(OptionalInt.empty()),
                options));
    }

    /** Makes an upscaler. */
    @FunctionalInterface
    private interface Maker {
        Upscaler make() throws IOException;
    }

    private static Upscaler orUsage(Maker maker) throws CommandFailure, IOException {
        try {
            return maker.make();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static final class Mode implements ITypeConverter<SelfCheckMode> {
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
