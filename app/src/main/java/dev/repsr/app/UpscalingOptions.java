package dev.repsr.app;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is asked of each picture, whoever reads and writes it: the network with its size and limits, and the format. */
public final class UpscalingOptions {
    @Mixin
    private final NetworkOptions network = new NetworkOptions();

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
            names = "--decode-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description =
                    "Refuse a picture that takes longer to be read (default: 120, for decoders that are not the program's own).")
    private @Nullable Duration decodeTimeout;

    /** Refuses two sizes, and a format that is not written. */
    public void check() throws CommandFailure {
        network.check();
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
        return network.askedScale();
    }

    /** What names of outputs end with, such as x4. */
    String suffix(Upscaler upscaler) {
        return network.suffix(upscaler);
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
        return network.namesModel();
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
                .withDecodeTime(decodeTimeout);
        return network.upscaler(quality == null ? options : options.withJpegQuality(quality), loaded);
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
}
