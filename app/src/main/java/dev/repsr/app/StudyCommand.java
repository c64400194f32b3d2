package dev.repsr.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The verb {@code study} without saying which. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Repeat the experiments of the paper, as a report.",
        description = {
            "",
            "A study trains many networks that differ in one thing each, every one at its own best learning rate and with",
            "several seeds, and reports what the differences are and which of them are decided.",
            ""
        },
        footer = {"", "Example:", "  repsr study bn examples/study.yaml -o study-bn --quick"})
final class StudyCommand implements Callable<Integer> {
    private final Console console;

    StudyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.complain(
                "study wants to know which: bn, blocks or networks; 'repsr study bn --help' explains the first");
        return ExitCode.USAGE;
    }
}
