package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.UpscaleOptions;
import dev.repsr.engine.EngineSpeed;
import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Measures how fast a network runs on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Measure how fast a network runs on this machine.",
        description = {
            "",
            "Runs the network on a picture of noise until it is warm, then nine times, and says what share of this",
            "processor's peak it reached. Operations are those of direct convolution, so Winograd's algorithm may pass",
            "the peak."
        },
        footer = {
            "",
            "Examples:",
            "  repsr bench",
            "  repsr bench -m repsr-m4c16-x2 --size 1920x1080 --threads 1",
            "  repsr bench -m my-model.safetensors --engine direct --json"
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description = "Name (see 'repsr models') or model file (default: the one for scale 4).")
    private String model = "";

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Pixels of the picture that is enlarged (default: 640x360).")
    private Size size = new Size(640, 360);

    BenchCommand(Console console) {
        this.console = console;
    }

    record Size(int width, int height) {}

    @Override
    public Integer call() throws IOException {
        Model chosen = Models.open(
                model.isEmpty() ? Models.defaultOf(Models.USUAL_SCALE).name() : model);
        UpscaleOptions options = common.upscaleOptions();
        if (!common.quiet) {
            console.err().println("repsr: measuring " + chosen.name() + ", some ten seconds");
        }
        EngineSpeed speed = EngineSpeed.measure(
                Engines.choose(options.engine()).prepare(chosen.network()),
                size.width,
                size.height,
                options.threads(),
                options.memoryBytes());
        if (common.json) {
            JsonLines.print(console.out(), facts(chosen, speed));
        } else {
            console.say(sentence(chosen, speed));
        }
        if (speed.fallenOutOfCompiledCode()) {
            console.complain("this is far too slow for the engine " + speed.engine()
                    + ": a part of it does not run as compiled code; try again, or another JDK");
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> facts(Model model, EngineSpeed speed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", model.name());
        facts.put("engine", speed.engine());
        facts.put("width", speed.width());
        facts.put("height", speed.height());
        facts.put("threads", speed.threads());
        facts.put("ms_median", speed.millis());
        facts.put("mpix_in_per_s", megapixels(speed));
        facts.put("gflops", speed.gflops());
        if (speed.peakGflops() > 0) {
            facts.put("peak_gflops", speed.peakGflops());
            facts.put("peak_share", speed.peakShare());
        }
        return facts;
    }

    private static String sentence(Model model, EngineSpeed speed) {
        String peak = speed.peakGflops() > 0
                ? String.format(
                        Locale.ROOT,
                        ", %.2f of the %.0f that this processor can do",
                        speed.peakShare(),
                        speed.peakGflops())
                : "; the Vector API is absent, so the processor's peak is not known";
        return String.format(
                Locale.ROOT,
                "%s, %dx%d, engine %s, threads %d: %.1f ms, %.2f megapixels/s in, %.0f GFLOP/s%s",
                model.name(),
                speed.width(),
                speed.height(),
                speed.engine(),
                speed.threads(),
                speed.millis(),
                megapixels(speed),
                speed.gflops(),
                peak);
    }

    /** Of the picture that is enlarged, a second. */
    private static double megapixels(EngineSpeed speed) {
        return (double) speed.width() * speed.height() / (1000 * speed.millis());
    }

    private static final class SizeConverter implements ITypeConverter<Size> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");
        private static final int LARGEST = 16_384;

        @Override
        public Size convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + value + "' is no size; write it as 640x360");
            }
            return new Size(
                    CommonOptions.inRange(matcher.group(1), 1, LARGEST),
                    CommonOptions.inRange(matcher.group(2), 1, LARGEST));
        }
    }
}
