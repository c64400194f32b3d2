package dev.repsr.app;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

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

    /** Read by {@link Version}. */
    @Option(names = "--json", description = "With --version: one JSON line that also names commit, JDK and engines.")
    boolean json;

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

    /** What {@code --version} says: the version for people, with {@code --json} all that a report of a fault needs. */
    static final class Version implements IVersionProvider {
        private static final String JSON = "--json";

        /** The build's entry in the manifest: the commit, with "-dirty" behind it where sources differed from it. */
        private static final String COMMIT = "Repsr-Commit";

        private static final String UNKNOWN = "unknown";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public String[] getVersion() throws IOException {
            Optional<String> version =
                    Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
            if (isAskedAsJson()) {
                return new String[] {JsonLines.text(members(version.orElse(UNKNOWN)))};
            }
            return new String[] {"repsr " + version.orElse("(not packaged)"), "Java " + Runtime.version()};
        }

        private boolean isAskedAsJson() {
            ParseResult parsed = spec.commandLine().getParseResult();
            return parsed != null && parsed.hasMatchedOption(JSON);
        }

        private static Map<String, Object> members(String version) throws IOException {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("version", version);
            members.put("commit", commit());
            members.put("jdk", Runtime.version().toString());
            members.put("jdk_vendor", System.getProperty("java.vendor", UNKNOWN));
            members.put("vectors", Engines.vectorBits());
            members.put(
                    "engines", Engines.available().stream().map(Engine::name).toList());
            return members;
        }

        /** Of the jar that this class is in; unpacked classes have none. */
        private static String commit() throws IOException {
            URL self = RepsrCommand.class.getResource(RepsrCommand.class.getSimpleName() + ".class");
            if (self == null || !(self.openConnection() instanceof JarURLConnection jar)) {
                return UNKNOWN;
            }
            // Without a repository the build leaves the name of its own property.
            return Optional.ofNullable(jar.getMainAttributes().getValue(COMMIT))
                    .filter(commit -> !commit.startsWith("$"))
                    .orElse(UNKNOWN);
        }
    }
}
