package dev.repsr.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the comparison was asked for.
 *
 * @param width of the picture
 * @param height of the picture
 * @param scale of the networks
 * @param rounds in which everything runs once
 * @param warmUp seconds for which each of our engines runs before; Java compiles its kernels in that time
 * @param threads numbers of threads, each compared on its own
 * @param nets networks
 * @param engines our engines; the others are compared with the first
 * @param peers other runtimes
 * @param output page to write
 */
record ComparisonArguments(
        int width,
        int height,
        int scale,
        int rounds,
        int warmUp,
        List<Integer> threads,
        List<NetworkSize> nets,
        List<String> engines,
        List<String> peers,
        @Nullable Path output) {

    private static final int MAX_SIDE = 1 << 14;
    private static final String OUTPUT = "-o";
    private static final Map<String, String> DEFAULTS = Map.of(
            "--size", "640x360",
            "--scale", "4",
            "--pairs", "9",
            "--warm-up", "3",
            "--threads", "1,all",
            "--nets", "m4c16,m10c32,m16c64",
            "--engines", "winograd,direct",
            "--peers", String.join(",", Peers.OTHERS));

    /** The options with their defaults. */
    static final String USAGE = """
            Options: --size 640x360 --scale 4 --pairs 9 --warm-up 3 --threads 1,all
                     --nets m4c16,m10c32,m16c64 --engines winograd,direct
                     --peers onnx,torch,opencv,onednn -o FILE""";

    ComparisonArguments {
        threads = List.copyOf(threads);
        nets = List.copyOf(nets);
        engines = List.copyOf(engines);
        peers = List.copyOf(peers);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong
     */
    static ComparisonArguments parse(String... arguments) {
        Map<String, String> given = new HashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i];
            if (!DEFAULTS.containsKey(option) && !option.equals(OUTPUT)) {
                throw new IllegalArgumentException("there is no option " + option);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("a value is expected after " + option);
            }
            given.put(option, arguments[i + 1]);
        }
        String[] sides = value(given, "--size").split("x", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("--size is expected as 640x360, not " + given.get("--size"));
        }
        String output = given.get(OUTPUT);
        return new ComparisonArguments(
                number(sides[0], MAX_SIDE),
                number(sides[1], MAX_SIDE),
                number(value(given, "--scale"), 8),
                number(value(given, "--pairs"), 1000),
                number(value(given, "--warm-up"), 1000),
                list(given, "--threads", ComparisonArguments::threads),
                list(given, "--nets", NetworkSize::parse),
                list(given, "--engines", name -> known(name, Peers.OURS)),
                list(given, "--peers", name -> known(name, Peers.OTHERS)),
                output == null ? null : Path.of(output));
    }

    private static int threads(String text) {
        return text.equals("all") ? Runtime.getRuntime().availableProcessors() : number(text, 1024);
    }

    private static String known(String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("one of " + String.join(", ", names) + " is expected, not " + name);
        }
        return name;
    }

    private static <T> List<T> list(Map<String, String> given, String option, Function<String, T> parser) {
        return Arrays.stream(value(given, option).split(",", -1))
                .map(parser)
                .distinct()
                .toList();
    }

    private static String value(Map<String, String> given, String option) {
        String value = given.get(option);
        if (value == null) {
            throw new IllegalStateException("no default for " + option);
        }
        return value;
    }

    private static int number(String text, int largest) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a whole number is expected, not " + text, e);
        }
        throw new IllegalArgumentException("a number of 1 to " + largest + " is expected, not " + text);
    }
}
