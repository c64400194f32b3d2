package dev.repsr.bench;

import dev.repsr.network.Network;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What was measured of one network, as Markdown with all conditions, so that it can stand alone. */
final class ComparisonTables {
    private final ComparisonArguments arguments;
    private final Network network;
    private final SequencedMap<String, String> versions;

    /** @param versions by the peers' names */
    ComparisonTables(ComparisonArguments arguments, Network network, SequencedMap<String, String> versions) {
        this.arguments = arguments;
        this.network = network;
        this.versions = versions;
    }

    /** Such as "M4C16 x4, 640x360". */
    static String title(ComparisonArguments arguments, Network network) {
        return network.size() + " x" + network.scale() + ", " + arguments.width() + "x" + arguments.height();
    }

    /** Conditions, a table a number of threads, and how the speed grows with the threads. */
    String section(List<Measured> all) throws IOException {
        Formatter text = new Formatter(new StringBuilder(), Locale.ROOT);
        text.format("## %s\n\n", title(arguments, network));
        text.format(
                "%s; %d FLOP a pixel of the picture by direct convolution; median of %d rounds.\n",
                LocalDate.now(ZoneOffset.UTC), network.flopPerPixel(), arguments.rounds());
        text.format("Command: `%s`.\n", command());
        text.format("Machine: %s.\n", Machine.processor());
        text.format("Java: %s.\n", Machine.java());
        text.format(
                "Versions: %s.\n",
                versions.entrySet().stream()
                        .map(entry -> entry.getKey().replace(" (convolutions only)", "") + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        for (Measured measured : all) {
            table(text, measured);
        }
        if (all.size() > 1) {
            growth(text, all);
        }
        return text.toString();
    }

    private String command() {
        return "bench/run --nets %s --size %dx%d --scale %d --pairs %d --threads %s --engines %s --peers %s"
                .formatted(
                        network.size().toLowerCase(Locale.ROOT),
                        arguments.width(),
                        arguments.height(),
                        arguments.scale(),
                        arguments.rounds(),
                        arguments.threads().stream().map(String::valueOf).collect(Collectors.joining(",")),
                        String.join(",", arguments.engines()),
                        String.join(",", arguments.peers()));
    }

    private static void table(Formatter text, Measured measured) {
        String ours = measured.rows().getFirst().name();
        text.format(
                "\n%s. FMA peak in the same rounds: %.0f GFLOP/s.\n\n",
                measured.threads() == 1
                        ? "One thread, its CPU time"
                        : measured.threads() + " threads, time that passed",
                measured.peakGflops());
        text.format("| runtime | ms | time / %s | GFLOP/s | of the peak | difference to ONNX Runtime |\n", ours);
        text.format("| --- | ---: | ---: | ---: | ---: | ---: |\n");
        for (Measured.Row row : measured.rows()) {
            text.format(
                    "| %s | %.1f | %.2f | %.0f | %.0f %% | %s |\n",
                    row.name(),
                    row.millis(),
                    row.ratio(),
                    row.gflops(),
                    100 * row.share(),
                    Double.isNaN(row.difference()) || row.difference() == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.1e", row.difference()));
        }
    }

    /** The share of the peak on several threads over that on the first number: 1 where nothing is lost to sharing the work. */
    private static void growth(Formatter text, List<Measured> all) {
        Measured base = all.getFirst();
        for (Measured more : all.subList(1, all.size())) {
            text.format(
                    "\nShare of the peak on %d threads over that on %d: %s.\n",
                    more.threads(), base.threads(), joined(base, more));
        }
    }

    private static String joined(Measured base, Measured more) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < base.rows().size(); i++) {
            double ratio = more.rows().get(i).share() / base.rows().get(i).share();
            text.append(i == 0 ? "" : ", ")
                    .append(base.rows().get(i).name())
                    .append(String.format(Locale.ROOT, " %.2f", ratio));
        }
        return text.toString();
    }
}
