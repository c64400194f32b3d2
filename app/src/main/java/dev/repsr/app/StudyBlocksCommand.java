package dev.repsr.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The study of blocks. Names no class of training, since these may be absent. */
@Command(
        name = "blocks",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Blocks of many branches that become the same network.",
        description = {
            "",
            "Plain convolutions, RepSR's block with and without batch normalisation and with other paths, widths and orders,"
                    + " the blocks of ECBSR, RepVGG, ACNet, DBB and SPAN, at equal iterations and at equal core-seconds; and Muon"
                    + " beside the configuration's optimiser.",
            "",
            "Ctrl-C saves the state and ends; the same command goes on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr study blocks examples/study.yaml -o study-blocks --quick",
            "  repsr study blocks examples/study.yaml -o study-blocks --set data.train=photos"
        })
final class StudyBlocksCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Mixin
    private final StudyVerbOptions study = new StudyVerbOptions();

    StudyBlocksCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        TrainCommand.requireClass(StudyVerbOptions.CLASS);
        return new Studying(console, common).blocks(config, study);
    }
}
