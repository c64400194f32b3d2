package dev.repsr.app;

import dev.repsr.UpscaleOptions;
import dev.repsr.engine.Engines;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that every verb knows. */
final class CommonOptions {
    private static final int MAX_THREADS = 1024;

    @Option(names = "--json", description = "Print JSON lines on standard output; the last one is the result.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, on standard error.")
    boolean verbose;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Threads.class,
            description = "Threads that compute (default: all cores; training: one).")
    private @Nullable Integer threads;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            converter = EngineName.class,
            completionCandidates = EngineName.class,
            description = "What runs the network: auto, winograd, direct or scalar (default: auto).")
    private String engine = "auto";

    /** Threads asked for, or {@code otherwise}. */
    int threads(int otherwise) {
        return threads == null ? otherwise : threads;
    }

    /** Name of the engine asked for. */
    String engine() {
        return engine;
    }

    /** The library's defaults with the threads and the engine asked for. */
    UpscaleOptions upscaleOptions() {
        UpscaleOptions defaults = UpscaleOptions.defaults();
        return defaults.withThreads(threads(defaults.threads())).withEngine(engine);
    }

    /** A whole number within a range; the message says which. */
    static int inRange(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'" + value + "' is no whole number; " + least + " to " + most + " are allowed");
        }
        throw new TypeConversionException(value + " is out of range; " + least + " to " + most + " are allowed");
    }

    private static final class Threads implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return inRange(value, 1, MAX_THREADS);
        }
    }

    private static final class EngineName implements ITypeConverter<String>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Engines.NAMES.iterator();
        }

        @Override
        public String convert(String value) {
            String name = value.toLowerCase(Locale.ROOT);
            if (!Engines.NAMES.contains(name)) {
                throw new TypeConversionException(
                        "there is no engine '" + value + "'; " + String.join(", ", Engines.NAMES) + " are allowed");
            }
            return name;
        }
    }
}
