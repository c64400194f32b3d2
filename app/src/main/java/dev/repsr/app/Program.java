package dev.repsr.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What is the same for all programs with verbs: streams, signals, one sentence for what goes wrong, exit codes. */
public final class Program {
    private static final int BUFFER = 1 << 16;

    private Program() {}

    /** Runs a program on the streams of this process and ends the process with its exit code. */
    public static void run(ToIntFunction<Console> program) {
        RealStandardError.use();
        StandardInput in = new StandardInput(System.in);
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                System.out.charset());
        StopSignal signal = new StopSignal(Thread.currentThread());
        signal.install(in);
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = program.applyAsInt(new Console(in, out, System.err, RealStandardError::isTerminal, signal));
        } finally {
            // Whatever happened: nobody is waited for.
            signal.workIsOver();
        }
        System.exit(exitCode);
    }

    /** Lets a command line use these streams, and tell what goes wrong in one sentence and by its exit code. */
    public static void prepare(CommandLine program, Console console, boolean verbose) {
        program.setOut(console.outWriter());
        program.setErr(console.errWriter());
        // A picture may be called @photo.png.
        program.setExpandAtFiles(false);
        program.setParameterExceptionHandler(new UsageErrors(console));
        program.setExecutionExceptionHandler((Exception failure, CommandLine verb, ParseResult parsed) -> {
            tell(failure, verb.getCommandSpec().optionsMap().keySet(), console, verbose);
            return Failures.exitCode(failure);
        });
    }

    static void tell(Throwable failure, Set<String> options, Console console, boolean verbose) {
        console.complain(Failures.sentence(failure, options));
        if (verbose) {
            failure.printStackTrace(console.err());
        }
    }
}
