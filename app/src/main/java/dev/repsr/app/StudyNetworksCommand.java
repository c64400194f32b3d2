package dev.repsr.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The study of finished networks. Names no class of training, since these may be absent. */
@Command(
        name = "networks",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Quality against throughput of finished networks.",
        description = {
            "",
            "Measures the built-in networks of the configuration's scale, and those of a folder, on validation.sets and by the"
                    + " clock, in one thread.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  repsr study networks examples/study.yaml -o study-networks \\",
            "    --models weights --set validation.sets=Set5"
        })
final class StudyNetworksCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for figures and report; a study that was interrupted goes on there.")
    private Path folder = Path.of("");

    @Option(names = "--quick", description = "One round on a small picture, which decides nothing.")
    private boolean quick;

    @Option(names = "--models", paramLabel = "FOLDER", description = "Model files that are measured, too.")
    private @Nullable Path models;

    StudyNetworksCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        TrainCommand.requireClass(StudyVerbOptions.CLASS);
        return new Studying(console, common).networks(config, folder, quick, models);
    }
}
