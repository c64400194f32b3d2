package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.UpscaleCancelled;
import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleOptions;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.image.ImageLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Enlarges pictures. */
@Command(
        name = "upscale",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Enlarge pictures (PNG, JPEG, WebP, TIFF, GIF; BMP and PNM are read).",
        description = {
            "",
            "Without -o, photo.jpg becomes photo_x4.png beside it. Grey stays grey; transparency, 16 bits, colour profile,",
            "EXIF, XMP, IPTC and resolution are kept; animated GIFs stay animated with -f gif. See docs/formats.md.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr upscale photo.jpg",
            "  repsr upscale -s 2 -f jpg --quality 90 photo.png -o larger.jpg",
            "  repsr upscale *.png -o enlarged/ --overwrite",
            "  curl -s https://example.org/photo.jpg | repsr upscale - > photo_x4.png",
            "  repsr upscale -m my-model.safetensors --json photo.png"
        })
final class UpscaleCommand implements Callable<Integer> {
    private static final int DEFAULT_SCALE = 4;

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "INPUT", arity = "1..*", description = "Picture files, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "File to write, - for standard output, or a folder (always one with several inputs).")
    private @Nullable String output;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Built-in name (see 'repsr models') or model file.")
    private @Nullable String model;

    @Option(
            names = {"-s", "--scale"},
            paramLabel = "N",
            description = "How many times as large each side becomes (default: the model's scale; without -m: 4).")
    private @Nullable String scale;

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

    @Option(names = "--overwrite", description = "Replace existing outputs, which are refused otherwise.")
    private boolean overwrite;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Limit of the program's own buffers, such as 512m (default: by Java's heap).")
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
            names = "--decode-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Refuse a picture that takes longer to be read (default: as long as it takes).")
    private @Nullable Duration decodeTimeout;

    UpscaleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        OutputPlan plan = OutputPlan.of(inputs, output, format, common.json);
        if (quality != null && plan.neverHasQuality()) {
            throw CommandFailure.usage("--quality is for JPEG and WebP, and the output is neither; add -f jpg");
        }
        Upscaler upscaler = upscaler(chooseModel());
        List<OutputPlan.Target> targets =
                plan.targets(inputs, upscaler.model().network().scale());
        plan.createFolder();
        UpscaleReport report = new UpscaleReport(console, common);
        for (OutputPlan.Target target : targets) {
            one(upscaler, target, report);
        }
        return report.finish();
    }

    private void one(Upscaler upscaler, OutputPlan.Target target, UpscaleReport report) throws UpscaleCancelled {
        try {
            report.done(target, enlarge(upscaler, target));
        } catch (UpscaleCancelled e) {
            throw e;
        } catch (IOException e) {
            report.failed(target, e);
        }
    }

    private UpscaleResult enlarge(Upscaler upscaler, OutputPlan.Target target) throws IOException {
        try (ProgressLine progress = new ProgressLine(console, target.input(), System::nanoTime)) {
            UpscaleJob job = target.isFromStandardInput()
                    ? upscaler.upscale(console.in())
                    : upscaler.upscale(target.inputFile());
            if (!common.quiet && !common.json) {
                job.onProgress(progress);
            }
            return target.isToStandardOutput()
                    ? toStandardOutput(job, target)
                    : job.to(target.outputFile(), target.type());
        }
    }

    private UpscaleResult toStandardOutput(UpscaleJob job, OutputPlan.Target target) throws IOException {
        UpscaleResult result = job.to(console.out(), target.type());
        if (console.out().checkError()) {
            throw new IOException("Cannot write to standard output: it was closed or its disk is full");
        }
        return result;
    }

    private Upscaler upscaler(Model chosen) throws CommandFailure {
        UpscaleOptions options = common.upscaleOptions()
                .withOverwrite(overwrite)
                .withStrict(strict)
                .withStrip(strip)
                .withDecodeTime(decodeTimeout);
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
            return Upscaler.of(chosen, options);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private Model chooseModel() throws CommandFailure, IOException {
        if (model == null) {
            int wanted = scale == null ? DEFAULT_SCALE : wholeScale(scale);
            return Models.open(Models.defaultOf(wanted).name());
        }
        Model chosen = Models.open(model);
        int its = chosen.network().scale();
        if (scale != null && wholeScale(scale) != its) {
            throw CommandFailure.usage("-s " + scale + ": the model " + model + " enlarges " + its
                    + " times; leave -s out or name another model");
        }
        return chosen;
    }

    private static int wholeScale(String text) throws CommandFailure {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("-s " + text + ": a whole number that a model has is allowed, such as 4");
        }
    }

    private static final class Quality implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, 100);
        }
    }

    private static final class Seconds implements ITypeConverter<Duration> {
        private static final int MOST = 86_400;

        @Override
        public Duration convert(String value) {
            return Duration.ofSeconds(CommonOptions.inRange(value, 1, MOST));
        }
    }

    private static final class Megapixels implements ITypeConverter<Integer> {
        private static final int MOST = 100_000;

        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST);
        }
    }
}
