package dev.repsr.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code repsr}. */
public final class Main {
    private static final int BUFFER = 1 << 16;

    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        RealStandardError.use();
        WarmUp.startFor(arguments);
        StandardInput in = new StandardInput(System.in);
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                System.out.charset());
        StopSignal signal = new StopSignal(Thread.currentThread());
        signal.install(in);
        int exitCode = run(arguments, new Console(in, out, System.err, RealStandardError::isTerminal, signal));
        signal.workIsOver();
        System.exit(exitCode);
    }

    /** Runs the program on these streams; its exit code. */
    static int run(String[] arguments, Console console) {
        boolean verbose = Arrays.asList(arguments).contains("-v")
                || Arrays.asList(arguments).contains("--verbose");
        StandardErrorLogger.configure(console.err(), verbose);
        try {
            CommandLine program = commandLine(console, arguments, verbose);
            int code = isUnknownVerb(program, arguments)
                    ? new UsageErrors(console)
                            .handleParseException(
                                    new UnmatchedArgumentException(program, List.of(arguments[0])), arguments)
                    : program.execute(arguments);
            if (code == ExitCode.OK && console.out().checkError()) {
                console.complain(Failures.NO_STANDARD_OUTPUT);
                return ExitCode.FAILED;
            }
            return code;
        } catch (OutOfMemoryError e) {
            console.complain(Failures.sentence(e));
            return ExitCode.FAILED;
        } finally {
            console.out().flush();
        }
    }

    /** Asked for here, since with {@code --help} picocli would not mind. */
    private static boolean isUnknownVerb(CommandLine program, String[] arguments) {
        return arguments.length > 0
                && !arguments[0].startsWith("-")
                && !program.getSubcommands().containsKey(arguments[0]);
    }

    private static CommandLine commandLine(Console console, String[] arguments, boolean verbose) {
        CommandLine program = new CommandLine(new RepsrCommand(console));
        if (arguments.length > 0 && arguments[0].equals("upscale")) {
            // Making the other verbs ready would take a noticeable part of the time that a small picture takes.
            program.addSubcommand(new UpscaleCommand(console));
        } else {
            addVerbs(program, console);
        }
        program.setOut(console.outWriter());
        program.setErr(console.errWriter());
        // A picture may be called @photo.png.
        program.setExpandAtFiles(false);
        program.setParameterExceptionHandler(new UsageErrors(console));
        program.setExecutionExceptionHandler(failureHandler(console, verbose));
        return program;
    }

    private static void addVerbs(CommandLine program, Console console) {
        program.addSubcommand(new UpscaleCommand(console));
        program.addSubcommand(new EvaluateCommand(console));
        CommandLine models = new CommandLine(new ModelsCommand(console));
        models.addSubcommand(new ModelsCommand.ListCommand(console));
        models.addSubcommand(new ModelInfoCommand(console));
        program.addSubcommand(models);
        program.addSubcommand(new ConvertCommand(console));
        program.addSubcommand(new TrainCommand(console));
        program.addSubcommand(new DoctorCommand(console));
        program.addSubcommand(new MergeCommand(console));
        program.addSubcommand(new BenchCommand(console));
        program.addSubcommand(new CommandLine.HelpCommand());
    }

    private static IExecutionExceptionHandler failureHandler(Console console, boolean verbose) {
        return (Exception failure, CommandLine verb, ParseResult parsed) -> {
            console.complain(Failures.sentence(failure));
            if (verbose) {
                failure.printStackTrace(console.err());
            }
            return Failures.exitCode(failure);
        };
    }
}
