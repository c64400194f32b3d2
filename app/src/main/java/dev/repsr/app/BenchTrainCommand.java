package dev.repsr.app;

import java.io.IOException;
import java.util.List;
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
    public Integer call() throws IOException, CommandFailure {
        TrainCommand.requireClass("dev.repsr.train.TrainRun");
        return TrainingBench.run(console, common, nets);
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
