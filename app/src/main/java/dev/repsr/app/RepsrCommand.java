package dev.repsr.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program without a verb. */
@Command(
        name = "repsr",
        header = "Enlarges pictures with small networks, and trains such networks.",
        description = "",
        synopsisSubcommandLabel = "VERB",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        footer = {
            "",
            "'repsr VERB --help' explains a verb. Examples:",
            "  repsr upscale photo.jpg",
            "  repsr models",
            "",
            "Exit codes: 0 done, 1 could not write or own failure, 2 wrong usage, 3 an input was refused,",
            "4 a check of our own failed, 130 stopped."
        })
final class RepsrCommand implements Callable<Integer> {
    private final Console console;

    RepsrCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.complain("a verb is missing; 'repsr --help' lists them");
        return ExitCode.USAGE;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {"repsr " + version, "Java " + Runtime.version()};
        }
    }
}
