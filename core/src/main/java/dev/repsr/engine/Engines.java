package dev.repsr.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one place that chooses an engine. */
public final class Engines {
    /** What may be asked for. */
    public static final List<String> NAMES = List.of("auto", "winograd", "direct", "scalar");

    private static final Logger LOG = System.getLogger(Engines.class.getName());
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String FLAG = "--add-modules " + VECTOR_MODULE;
    private static final String HOW_TO_ENABLE = "start java with " + FLAG
            + ", where java's options are out of reach (a container, an IDE) by the environment: JDK_JAVA_OPTIONS=\""
            + FLAG + "\"";
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private Engines() {}

    /**
     * The engine for a request, told in one log line with the reason: the vector engines where this JVM has the Vector
     * API and this processor has vectors for them, else the scalar engine. Which of the vector engines runs depends on
     * network and picture. How warm the process is never matters.
     *
     * @param requested one of {@link #NAMES}
     * @throws IllegalArgumentException if the request is unknown, or asks for what this JVM cannot do
     */
    public static Engine choose(String requested) {
        return switch (requested) {
            case "scalar" -> chosen(new ScalarEngine(), Level.DEBUG, "as asked for");
            case "direct" -> asked(requested).direct();
            case "winograd" -> asked(requested).winograd();
            case "auto" -> automatic();
            default ->
                throw new IllegalArgumentException(
                        "unknown engine " + requested + "; it is one of " + String.join(", ", NAMES));
        };
    }

    /** The same for many pictures of one size, where the time that kernels need to be compiled does not count. */
    public static Engine forMany(String requested) {
        return choose(requested.equals("auto") && vectorAvailable() ? "winograd" : requested);
    }

    /** The engine that "auto" stands for, chosen without a log line. */
    public static Engine fastest() {
        if (!vectorAvailable()) {
            return new ScalarEngine();
        }
        VectorEngines vector = vectorEngines();
        return new AutomaticEngine(vector.direct(), vector.winograd());
    }

    /** The engine that all others must agree with. */
    public static Engine specification() {
        return new ScalarEngine();
    }

    /** Whether this JVM was started with the Vector API and runs on a processor for which the vector engines are fast. */
    public static boolean vectorAvailable() {
        return moduleIsThere() && vectorEngines().isFast();
    }

    /** Width in bits of the vectors that the fast engines use, 0 where {@link #vectorAvailable} says no. */
    public static int vectorBits() {
        return fastVectorEngines().map(VectorEngines::bits).orElse(0);
    }

    /** Every engine that this JVM and processor can run well; the scalar engine is always among them, as the last. */
    public static List<Engine> available() {
        if (!vectorAvailable()) {
            return List.of(new ScalarEngine());
        }
        return List.of(vectorEngines().winograd(), vectorEngines().direct(), new ScalarEngine());
    }

    /** The vector engines where they are worth using. */
    static Optional<VectorEngines> fastVectorEngines() {
        return vectorAvailable() ? Optional.of(vectorEngines()) : Optional.empty();
    }

    private static VectorEngines asked(String requested) {
        if (!moduleIsThere()) {
            throw new IllegalArgumentException("the engine " + requested + " needs the Vector API; " + HOW_TO_ENABLE);
        }
        VectorEngines vector = vectorEngines();
        if (!vector.isFast()) {
            throw new IllegalArgumentException("the engine " + requested + " needs " + vector.requirement());
        }
        LOG.log(Level.DEBUG, "engine {0}, as asked for, on {1}", requested, vector.description());
        return vector;
    }

    private static Engine automatic() {
        if (!moduleIsThere()) {
            return chosen(
                    new ScalarEngine(),
                    warning(),
                    "which is about four times slower, since the Vector API is absent; " + HOW_TO_ENABLE);
        }
        VectorEngines vector = vectorEngines();
        if (!vector.isFast()) {
            return chosen(new ScalarEngine(), warning(), "since the faster engines need " + vector.requirement());
        }
        Engine engine = new AutomaticEngine(vector.direct(), vector.winograd());
        return chosen(engine, Level.DEBUG, "winograd or direct by the size of the work, on " + vector.description());
    }

    /** What is so for the whole process is told once. */
    private static Level warning() {
        return WARNED.getAndSet(true) ? Level.DEBUG : Level.WARNING;
    }

    private static Engine chosen(Engine engine, Level level, String reason) {
        LOG.log(level, "engine {0}, {1}", engine.name(), reason);
        return engine;
    }

    private static boolean moduleIsThere() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** Called only where the module is there: loading the engines' classes without it would fail. */
    private static VectorEngines vectorEngines() {
        return ServiceLoader.load(VectorEngines.class, VectorEngines.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no vector engines beside " + Engines.class.getName()));
    }
}
