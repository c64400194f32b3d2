package dev.repsr.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a network. Names no class of training, since these may be absent. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Train a network, merge it, prove it and write its model file.",
        description = {
            "",
            "Ctrl-C saves the state and ends; --resume goes on with the same bits as if it had never stopped.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr train mine.yaml",
            "  repsr train mine.yaml --set optimiser.iterations=20000 --set scale=2",
            "  repsr train mine.yaml --resume"
        })
final class TrainCommand implements Callable<Integer> {
    private static final List<String> NEEDED =
            List.of("dev.repsr.train.TrainRun", "org.bytedeco.pytorch.global.torch", "org.bytedeco.javacpp.Loader");

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "CONFIG.yaml", description = "What to train, on what and how long.")
    private Path config = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the configuration, such as optimiser.rate=0.001.")
    private List<String> overrides = List.of();

    @Option(names = "--resume", description = "Go on from the newest checkpoint.")
    private boolean resume;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        for (String name : NEEDED) {
            requireClass(name);
        }
        List<String> all = new ArrayList<>(overrides);
        int threads = common.threads(0);
        if (threads > 0) {
            all.add("threads=" + threads);
        }
        return new Training(console, common).run(config, all, resume);
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
