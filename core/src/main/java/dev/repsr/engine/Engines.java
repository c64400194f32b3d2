package dev.repsr.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ServiceLoader;

/** The one place that chooses an engine. */
public final class Engines {
    /** What may be asked for. */
    public static final List<String> NAMES = List.of("auto", "direct", "scalar");

    private static final Logger LOG = System.getLogger(Engines.class.getName());
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String HOW_TO_ENABLE = "start java with --add-modules " + VECTOR_MODULE;

    private Engines() {}

    /**
     * The engine for a request, told in one log line with the reason: the vector engine where this JVM has the Vector
     * API and this processor has vectors for it, else the scalar engine. How warm the process is never matters.
     *
     * @param requested one of {@link #NAMES}
     * @throws IllegalArgumentException if the request is unknown, or asks for what this JVM cannot do
     */
    public static Engine choose(String requested) {
        return switch (requested) {
            case "scalar" -> chosen(new ScalarEngine(), Level.DEBUG, "as asked for");
            case "direct" -> {
                if (!moduleIsThere()) {
                    throw new IllegalArgumentException("the engine direct needs the Vector API; " + HOW_TO_ENABLE);
                }
                VectorEngine vector = vectorEngine();
                if (!vector.isFast()) {
                    throw new IllegalArgumentException("the engine direct needs " + vector.requirement());
                }
                yield chosen(vector, Level.DEBUG, "as asked for, on " + vector.description());
            }
            case "auto" -> automatic();
            default ->
                throw new IllegalArgumentException(
                        "unknown engine " + requested + "; it is one of " + String.join(", ", NAMES));
        };
    }

    /** Whether this JVM was started with the Vector API and runs on a processor for which the vector engine is fast. */
    public static boolean vectorAvailable() {
        return moduleIsThere() && vectorEngine().isFast();
    }

    /** Every engine that this JVM and processor can run well, the fastest first; the scalar engine is always among them. */
    public static List<Engine> available() {
        return vectorAvailable() ? List.of(vectorEngine(), new ScalarEngine()) : List.of(new ScalarEngine());
    }

    private static Engine automatic() {
        if (!moduleIsThere()) {
            return chosen(
                    new ScalarEngine(),
                    Level.WARNING,
                    "which is about two times slower on a photograph, since the Vector API is absent; "
                            + HOW_TO_ENABLE);
        }
        VectorEngine vector = vectorEngine();
        if (!vector.isFast()) {
            return chosen(new ScalarEngine(), Level.WARNING, "since the engine direct needs " + vector.requirement());
        }
        return chosen(vector, Level.DEBUG, "on " + vector.description());
    }

    private static Engine chosen(Engine engine, Level level, String reason) {
        LOG.log(level, "engine {0}, {1}", engine.name(), reason);
        return engine;
    }

    private static boolean moduleIsThere() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** Called only where the module is there: loading the engine's classes without it would fail. */
    private static VectorEngine vectorEngine() {
        return ServiceLoader.load(VectorEngine.class, VectorEngine.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no vector engine beside " + Engines.class.getName()));
    }
}
