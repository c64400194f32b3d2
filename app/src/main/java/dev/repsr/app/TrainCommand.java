package dev.repsr.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network. Names no class of training, since these may be absent. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Train a network, merge it, prove it and write its model file.",
        description = {
            "",
            "Ctrl-C saves the state and ends; --resume goes on with the same bits as if it had never stopped.",
            "",
            "Several processes, also on several machines, share each batch where the environment says which of them",
            "this is, as torchrun does: RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr train mine.yaml --processes 4",
            "  repsr train mine.yaml",
            "  repsr train mine.yaml --set optimiser.iterations=20000 --set scale=2",
            "  repsr train mine.yaml --resume"
        })
final class TrainCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = 64;

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Option(names = "--resume", description = "Go on from the newest checkpoint.")
    private boolean resume;

    @Option(
            names = "--processes",
            paramLabel = "N",
            converter = Processes.class,
            description = "Share each batch among this many processes on this machine (default: 1).")
    private int processes = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        requireClass("dev.repsr.train.TrainRun");
        List<String> all = new ArrayList<>(config.overrides);
        int threads = common.threads(0);
        if (threads > 0) {
            all.add("threads=" + threads);
        }
        Training training = new Training(console, common, config.file, all);
        if (processes > 1 && !TrainProcesses.isOne(System.getenv())) {
            List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
            return training.runProcesses(processes, arguments);
        }
        return training.run(resume, System.getenv());
    }

    private static final class Processes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST_PROCESSES);
        }
    }

    /** Ends the command where a class of training is missing. */
    static void requireClass(String name) throws CommandFailure {
        try {
            Class.forName(name, false, TrainCommand.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "training is not part of this distribution (" + name
                            + " is missing); start repsr from a build of its sources to train");
        }
    }
}
