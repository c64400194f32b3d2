package dev.repsr.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at a training before it runs. Names no class of training, since these may be absent. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Check the configuration and the pictures of a training before it runs.",
        description = {
            "",
            "Looks at every picture: whether it can be read, its size, whether it is there twice, and whether one that is"
                    + " measured is also trained on (also turned or mirrored; a part of a picture is not recognised).",
            "",
            "The exit code is 3 if there is a problem; a warning alone is 0.",
            ""
        },
        footer = {"", "Example:", "  repsr doctor mine.yaml --preview sheet.png"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--preview",
            paramLabel = "SHEET.png",
            description = "Write a picture of patches as the network will see them: low resolution beside high.")
    private @Nullable Path preview;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        if (preview != null && !preview.toString().endsWith(".png")) {
            throw CommandFailure.usage("--preview " + preview + ": the sheet is a PNG; end its name with .png");
        }
        TrainCommand.requireClass("dev.repsr.train.doctor.Examination");
        return new TrainingCheck(console, common).run(config.file, config.overrides, preview);
    }
}
