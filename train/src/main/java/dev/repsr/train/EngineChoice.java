package dev.repsr.train;

import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.step.JavaTrainer;
import dev.repsr.train.torch.Gloo;
import dev.repsr.train.torch.TorchDevice;
import dev.repsr.train.torch.TorchTrainer;
import java.util.Locale;
import java.util.Optional;

/**
 * Which engine computes the steps of a run, and why. All else of a run knows the engines' common interface alone. A class of libtorch is
 * loaded only where libtorch is chosen, for it may be absent.
 *
 * @param why the end of a sentence
 */
public record EngineChoice(Kind kind, String why) {

    /** An engine. */
    public enum Kind {
        /** Plain Java. */
        JAVA,
        /** libtorch. */
        TORCH;

        /** Name in configurations and checkpoints. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String LIBRARY = "org.bytedeco.pytorch.global.torch";
    private static final String HOW = "./repsr --with-libtorch in a checkout fetches it once (110 MB), and so does"
            + " mvn package -Ptorch, whose zip holds it";

    /**
     * Chooses.
     *
     * @throws IllegalArgumentException if the processes cannot share a batch evenly
     * @throws ConfigRefused if the engine that is asked for does not train what is asked for, or is not there
     */
    public static EngineChoice of(TrainConfig config, Ranks ranks) throws ConfigRefused {
        TrainerSettings settings = RunSettings.of(config, ranks);
        EngineChoice choice = of(config.engine(), javaRefusal(config, settings), hasLibtorch());
        if (choice.kind == Kind.TORCH) {
            requireDevice(settings);
        } else if (ranks.size() > 1 && !hasLibtorch()) {
            throw refused("several processes talk to each other through libtorch, which is not here: " + HOW);
        }
        return choice;
    }

    /** @param refusal why the Java engine cannot train this, if it cannot: a sentence that names the engine that can */
    static EngineChoice of(TrainConfig.Engine asked, Optional<String> refusal, boolean hasLibtorch)
            throws ConfigRefused {
        return switch (asked) {
            case JAVA -> {
                if (refusal.isPresent()) {
                    throw refused(refusal.get());
                }
                yield new EngineChoice(Kind.JAVA, "as engine: java asks");
            }
            case TORCH -> {
                if (!hasLibtorch) {
                    throw refused("engine: torch needs libtorch, which is not here: " + HOW);
                }
                yield new EngineChoice(Kind.TORCH, "as engine: torch asks");
            }
            case AUTO -> {
                if (refusal.isEmpty()) {
                    yield new EngineChoice(Kind.JAVA, "which trains all that is asked for");
                }
                if (!hasLibtorch) {
                    throw refused(refusal.get() + ", and libtorch is not here: " + HOW);
                }
                yield new EngineChoice(Kind.TORCH, "since " + refusal.get());
            }
        };
    }

    private static Optional<String> javaRefusal(TrainConfig config, TrainerSettings settings) {
        if (settings.form() == Form.BRANCHES) {
            return Optional.of("the Java engine computes blocks merged alone; engine: torch has bn.form: branches");
        }
        return JavaTrainer.refusal(settings)
                .or(() -> JavaTrainer.refusal(RunSettings.goal(config, 0)))
                .or(() ->
                        config.batchStatisticsIterations() > 0 ? JavaTrainer.batchRefusal(settings) : Optional.empty());
    }

    private static boolean hasLibtorch() {
        try {
            Class.forName(LIBRARY, false, EngineChoice.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void requireDevice(TrainerSettings settings) throws ConfigRefused {
        if (!TorchDevice.isAvailable(settings.device())) {
            throw refused(
                    "device is cuda, and there is none that this program can use: that needs an NVIDIA graphics processor with"
                            + " its driver, and libtorch for CUDA on the class path (docs/training.md says how); leave"
                            + " device out to train on the processor");
        }
    }

    private static ConfigRefused refused(String sentence) {
        return new ConfigRefused(ConfigRefused.Kind.USAGE, sentence);
    }

    /** What the log says. */
    public String sentence() {
        return switch (kind) {
            case JAVA -> "computed by the Java engine, " + why;
            case TORCH -> "computed by libtorch, " + why;
        };
    }

    /** A trainer that starts from these weights. */
    Trainer open(TrainerSettings settings, Weights initial, Collective processes) {
        return switch (kind) {
            case JAVA -> new JavaTrainer(settings, initial, processes);
            case TORCH -> new TorchTrainer(settings, initial, processes);
        };
    }

    /**
     * Waits for the other processes.
     *
     * @throws RankLost if they do not come
     */
    static Collective meet(Ranks ranks) throws RankLost {
        return ranks.size() == 1 ? new Alone() : Gloo.open(ranks);
    }
}
