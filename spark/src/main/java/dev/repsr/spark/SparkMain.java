package dev.repsr.spark;

import dev.repsr.app.Console;
import dev.repsr.app.ExitCode;
import dev.repsr.app.Program;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code repsr-spark}, for {@code spark-submit} and for {@code repsr spark}. */
public final class SparkMain {
    /** Set by spark-submit, whose user has settled what is logged. */
    private static final String SUBMITTED = "SPARK_SUBMIT";

    private static final String LOGGING = "log4j2.configurationFile";

    private SparkMain() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Program.run(console -> run(arguments, console));
    }

    /** Runs the program on these streams; its exit code. */
    static int run(String[] arguments, Console console) {
        List<String> words = List.of(arguments);
        boolean verbose = words.contains("-v") || words.contains("--verbose");
        if (System.getProperty(SUBMITTED) == null && System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "classpath:dev/repsr/spark/quiet-log4j2.properties");
            System.setProperty("repsr.spark.log", verbose ? "warn" : "error");
        }
        CommandLine program = new CommandLine(new NoVerb(console));
        program.getCommandSpec()
                .version("repsr-spark "
                        + Objects.requireNonNullElse(
                                SparkMain.class.getPackage().getImplementationVersion(), "(not packaged)"));
        program.addSubcommand(new SparkUpscaleCommand(console, words));
        Program.prepare(program, console, verbose);
        int code = program.execute(arguments);
        console.out().flush();
        return code;
    }

    /** The program without a verb. */
    @Command(
            name = "repsr-spark",
            header = "Enlarges many pictures as a job of Apache Spark.",
            synopsisSubcommandLabel = "VERB",
            mixinStandardHelpOptions = true)
    private static final class NoVerb implements Callable<Integer> {
        private final Console console;

        NoVerb(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            console.complain(
                    "what is to be done? 'upscale IN OUT' enlarges pictures; try 'repsr-spark upscale --help'");
            return ExitCode.USAGE;
        }
    }
}
