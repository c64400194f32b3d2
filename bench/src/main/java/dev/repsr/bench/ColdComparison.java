package dev.repsr.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Compares whole processes, each of which enlarges one 512x512 PNG four times into a PNG: the start script's
 * {@code upscale} against {@link OnnxUpscale}. Pairs run one after the other, so that a machine that is slow for a while
 * is slow for both. Linux only, since it asks the kernel for the peak of resident memory.
 */
final class ColdComparison {
    private static final String TITLE = "Whole processes";
    private static final int PAIRS = 9;
    private static final String USAGE =
            "options: [--pairs N] [--nets m4c16,m10c32,m16c64] [-o PAGE]; the start script's path is in repsr.script";

    private final ColdCommands commands;
    private final int pairs;

    private ColdComparison(ColdCommands commands, int pairs) {
        this.commands = commands;
        this.pairs = pairs;
    }

    /** Prints a table in Markdown with all conditions, and writes it into the page of option -o. */
    public static void main(String[] arguments) throws IOException, InterruptedException, OrtException {
        int pairs = PAIRS;
        List<ColdNetwork> networks = List.of(ColdNetwork.values());
        Path output = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--pairs" -> pairs = Integer.parseInt(value);
                case "--nets" ->
                    networks = Arrays.stream(value.toUpperCase(Locale.ROOT).split(",", -1))
                            .map(ColdNetwork::valueOf)
                            .toList();
                case "-o" -> output = Path.of(value);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        Path script = Path.of(System.getProperty("repsr.script", "repsr")).toAbsolutePath();
        List<String> lines = new ArrayList<>(header(networks, pairs));
        try (ColdCommands commands = ColdCommands.prepare(script)) {
            ColdComparison comparison = new ColdComparison(commands, pairs);
            for (ColdNetwork network : networks) {
                lines.add(comparison.row(network));
            }
        }
        String section = String.join("\n", lines) + "\n";
        System.out.print(section);
        if (output != null) {
            SpeedPage.put(output, TITLE, section);
        }
    }

    private static List<String> header(List<ColdNetwork> networks, int pairs) throws IOException {
        String nets = networks.stream()
                .map(network -> network.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        return List.of(
                "## " + TITLE,
                "",
                LocalDate.now(ZoneOffset.UTC)
                        + "; a process that reads a PNG of 512x512 pixels, enlarges it by 4 and writes a PNG,",
                "once; median of " + pairs
                        + " interleaved pairs. ONNX Runtime has the same decoder and encoder around it, in Java, and a",
                "cache of prepared classes of its own.",
                "Command: `bench/run cold --nets " + nets + " --pairs " + pairs + "`.",
                "Machine: " + Machine.processor() + ".",
                "Java: " + Runtime.version()
                        + ", for repsr with the options of the start script, for ONNX Runtime with `"
                        + String.join(" ", ColdCommands.OPTIONS) + "`.",
                "Versions: repsr " + MavenVersion.of("dev.repsr", "repsr-core") + ", ONNX Runtime "
                        + OrtEnvironment.getEnvironment().getVersion() + ".",
                "",
                "| network | repsr s | ONNX Runtime s | repsr / ONNX Runtime (quartiles) | repsr MB | ONNX Runtime MB |",
                "| --- | --- | --- | --- | --- | --- |");
    }

    private String row(ColdNetwork network) throws IOException, InterruptedException {
        List<String> ours = commands.ours(network);
        List<String> theirs = commands.theirs(network);
        double[][] values = new double[5][pairs];
        // The first pair fills the caches of the file system.
        for (int pair = -1; pair < pairs; pair++) {
            MeasuredProcess our = MeasuredProcess.run(ours, commands.log());
            MeasuredProcess their = MeasuredProcess.run(theirs, commands.log());
            if (pair >= 0) {
                values[0][pair] = our.seconds();
                values[1][pair] = their.seconds();
                values[2][pair] = our.seconds() / their.seconds();
                values[3][pair] = our.megabytes();
                values[4][pair] = their.megabytes();
            }
        }
        commands.checkSameOutput();
        for (double[] series : values) {
            Arrays.sort(series);
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f (%.2f-%.2f) | %.0f | %.0f |",
                network,
                quantile(values[0], 0.5),
                quantile(values[1], 0.5),
                quantile(values[2], 0.5),
                quantile(values[2], 0.25),
                quantile(values[2], 0.75),
                quantile(values[3], 0.5),
                quantile(values[4], 0.5));
    }

    /** Of sorted values, between two of them by linear interpolation. */
    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
