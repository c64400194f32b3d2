package dev.repsr.app;

import dev.repsr.train.EngineChoice;
import dev.repsr.train.TrainResult;
import dev.repsr.train.TrainRun;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.Ranks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs a training for the command line; loaded only when training is there. */
final class Training {
    private final Console console;
    private final CommonOptions common;
    private final Path file;
    private final List<String> overrides;

    /** @param overrides of values in the configuration */
    Training(Console console, CommonOptions common, Path file, List<String> overrides) {
        this.console = console;
        this.common = common;
        this.file = file;
        this.overrides = overrides;
    }

    /**
     * Trains in several processes on this machine.
     *
     * @param arguments of this program, which each of them gets
     * @return the exit code
     */
    int runProcesses(int count, List<String> arguments) throws CommandFailure, IOException, InterruptedException {
        List<Ranks> all = TrainProcesses.ranks(count);
        try {
            TrainConfig config = TrainConfig.read(file, overrides);
            EngineChoice.of(config, ranks(all.getFirst().environment(), config));
        } catch (ConfigRefused e) {
            throw failure(e);
        }
        return new TrainProcesses(console).run(all, arguments);
    }

    private static Ranks ranks(Map<String, String> environment, TrainConfig config) throws CommandFailure {
        try {
            Ranks ranks = Ranks.of(environment);
            ranks.shareOf(config.data().batch());
            return ranks;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Failures.sentence(e, Set.of()));
        }
    }

    /**
     * Trains to the end or until the stop signal, alone or as the process that the environment says.
     *
     * @return the exit code
     */
    int run(boolean resume, Map<String, String> environment) throws CommandFailure, IOException, InterruptedException {
        TrainReport report = new TrainReport(console, common, System::nanoTime);
        try {
            TrainConfig config = TrainConfig.read(file, overrides);
            Ranks ranks = ranks(environment, config);
            if (ranks.size() > 1) {
                OwnStandardOutput.keep();
            }
            TrainRun run = new TrainRun(config, ranks, report);
            TrainProcesses.endWithParent(environment, run::stop);
            Optional<TrainResult> result;
            Runnable interrupt = console.stopSignal().replace(run::stop);
            try {
                result = run.run(resume);
            } finally {
                console.stopSignal().replace(interrupt);
                report.close();
            }
            result.ifPresent(this::done);
            if (!run.complete() && ranks.isFirst()) {
                console.complain("stopped; the state is saved in " + config.output() + ", go on with --resume");
            }
            return run.complete() ? ExitCode.OK : ExitCode.STOPPED;
        } catch (ConfigRefused e) {
            throw failure(e);
        }
    }

    /** What a refused configuration means for the command line. */
    static CommandFailure failure(ConfigRefused refused) {
        int exitCode = switch (refused.kind()) {
            case USAGE -> ExitCode.USAGE;
            case DATA -> ExitCode.REFUSED;
        };
        return new CommandFailure(exitCode, Failures.sentence(refused, Set.of()));
    }

    private void done(TrainResult result) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "done");
            line.put("model", result.model().toString());
            line.put("iterations", result.iterations());
            line.put("seconds", result.seconds());
            line.put("receipt", JsonLines.parse(result.receipt().toJson()));
            line.put("sets", ScoreTable.json(result.sets()));
            line.put("warnings", result.warnings());
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            if (!result.sets().isEmpty()) {
                String model = String.valueOf(result.model().getFileName()).replace(".safetensors", "");
                ScoreTable.lines(model, result.sets()).forEach(console::say);
            }
            console.say(MergeCommand.sentence(result.receipt()));
            console.say(result.model() + ": " + result.iterations() + " iterations, "
                    + ProgressLine.duration(Math.round(result.seconds())));
        }
    }
}
