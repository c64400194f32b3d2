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
            "  repsr upscale photo.jpg    (or just: repsr photo.jpg)",
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

    /** What is said to somebody who says nothing. */
    private static final String SHORT_HELP = """
            repsr enlarges pictures with small networks, and trains such networks.

              repsr photo.jpg                    writes photo_x4.png beside it
              repsr upscale -s 2 photos -o big   twice as large, a folder into another
              repsr models                       the networks that are built in

            'repsr --help' lists all verbs, 'repsr VERB --help' explains one.""";

    @Override
    public Integer call() {
        console.err().println(SHORT_HELP);
        console.err().flush();
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
