package dev.repsr.app;

import dev.repsr.train.TrainResult;
import dev.repsr.train.TrainRun;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a training for the command line; loaded only when training is there. */
final class Training {
    private final Console console;
    private final CommonOptions common;

    Training(Console console, CommonOptions common) {
        this.console = console;
        this.common = common;
    }

    /** Trains to the end or until the stop signal; the exit code. */
    @SuppressWarnings("try") // the scope is used by being open
    int run(Path file, List<String> overrides, boolean resume)
            throws CommandFailure, IOException, InterruptedException {
        TrainReport report = new TrainReport(console, common, System::nanoTime);
        try {
            TrainConfig config = TrainConfig.read(file, overrides);
            TrainRun run = new TrainRun(config, report);
            Optional<TrainResult> result;
            Runnable interrupt = console.stopSignal().replace(run::stop);
            try {
                result = run.run(resume);
            } finally {
                console.stopSignal().replace(interrupt);
                report.close();
            }
            if (result.isEmpty()) {
                console.complain("stopped; the state is saved in " + config.output() + ", go on with --resume");
                return ExitCode.STOPPED;
            }
            done(result.get());
            return ExitCode.OK;
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
        return new CommandFailure(exitCode, Failures.sentence(refused));
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
