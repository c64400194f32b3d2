package dev.repsr.app;

import dev.repsr.train.StepWork;
import dev.repsr.train.TrainingSpeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Measures how fast networks are trained on this machine. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Measure how fast networks are trained on this machine.",
        description = {
            "",
            "Takes steps of the Java engine with 16 patches of 32x32 pixels and says what share of this processor's peak",
            "they reach: of a plain network, of RepSR's blocks with frozen statistics, and with those of each batch. Operations",
            "are those of direct convolution in the merged network, so Winograd's algorithm may pass the peak."
        },
        footer = {"", "Examples:", "  repsr bench train", "  repsr bench train --nets m4c16-x2,m10c32-x4 --threads 2"})
final class BenchTrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--nets",
            paramLabel = "NET",
            split = ",",
            converter = NetConverter.class,
            description = "Networks, as m4c16-x2 (default: m4c16-x2,m4c16-x4,m10c32-x4,m16c64-x4).")
    private List<Net> nets = List.of(new Net(4, 16, 2), new Net(4, 16, 4), new Net(10, 32, 4), new Net(16, 64, 4));

    BenchTrainCommand(Console console) {
        this.console = console;
    }

    record Net(int body, int channels, int scale) {}

    @Override
    public Integer call() throws IOException {
        StepWork.Kind[] kinds = StepWork.Kind.values();
        if (!common.quiet) {
            console.err()
                    .println("repsr: measuring " + nets.size() * kinds.length
                            + " kinds of steps, four seconds each and more for large networks");
        }
        List<Object> all = new ArrayList<>();
        for (Net net : nets) {
            for (StepWork.Kind kind : kinds) {
                TrainingSpeed speed = TrainingSpeed.measure(net.body, net.channels, net.scale, kind, common.threads(1));
                all.add(facts(speed));
                if (!common.json) {
                    console.say(sentence(speed));
                }
            }
        }
        if (common.json) {
            JsonLines.print(console.out(), Map.of("steps", all));
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> facts(TrainingSpeed speed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("network", speed.network());
        facts.put("scale", speed.scale());
        facts.put("step", speed.kind().name().toLowerCase(Locale.ROOT));
        facts.put("threads", speed.threads());
        facts.put("ms_median", speed.millis());
        facts.put("it_per_s", 1000 / speed.millis());
        facts.put("gflops", speed.gflops());
        if (speed.peakGflops() > 0) {
            facts.put("peak_gflops", speed.peakGflops());
            facts.put("peak_share", speed.peakShare());
        }
        return facts;
    }

    private static String sentence(TrainingSpeed speed) {
        String peak = speed.peakGflops() > 0
                ? String.format(Locale.ROOT, ", %.2f of the peak of %.0f", speed.peakShare(), speed.peakGflops())
                : "; the Vector API is absent, so the processor's peak is not known";
        return String.format(
                Locale.ROOT,
                "%s x%d, %s, threads %d: %.1f ms a step, %.1f steps/s, %.0f GFLOP/s%s",
                speed.network(),
                speed.scale(),
                speed.kind().label(),
                speed.threads(),
                speed.millis(),
                1000 / speed.millis(),
                speed.gflops(),
                peak);
    }

    private static final class NetConverter implements ITypeConverter<Net> {
        private static final Pattern FORM = Pattern.compile("[mM](\\d{1,3})[cC](\\d{1,3})-[xX]([1-4])");

        @Override
        public Net convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + value + "' is no network; write it as m4c16-x2, scale 1 to 4");
            }
            return new Net(
                    CommonOptions.inRange(matcher.group(1), 1, 64),
                    CommonOptions.inRange(matcher.group(2), 1, 512),
                    Integer.parseInt(matcher.group(3)));
        }
    }
}
