package dev.repsr.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The study of batch normalisation. Names no class of training, since these may be absent. */
@Command(
        name = "bn",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "What batch normalisation does to RepSR's block.",
        description = {
            "",
            "Without it, with the statistics of each batch to the end, and frozen after 10 to 99 % of the run, with statistics"
                    + " estimated anew or running, folded or not.",
            "",
            "Ctrl-C saves the state and ends; the same command goes on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr study bn examples/study.yaml -o study-bn --quick",
            "  repsr study bn examples/study.yaml -o study-bn --set data.train=photos"
        })
final class StudyBnCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Mixin
    private final StudyVerbOptions study = new StudyVerbOptions();

    StudyBnCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        TrainCommand.requireClass(StudyVerbOptions.CLASS);
        return new Studying(console, common).bn(config, study);
    }
}
