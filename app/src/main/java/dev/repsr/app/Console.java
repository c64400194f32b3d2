package dev.repsr.app;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/**
 * The surroundings of one run of the program.
 *
 * @param in standard input
 * @param out standard output: data and results
 * @param err standard error: progress, warnings, failures
 * @param terminal whether a person watches; asked only when there is something to show
 * @param stopSignal what asks the work to end
 */
public record Console(
        InputStream in, PrintStream out, PrintStream err, BooleanSupplier terminal, StopSignal stopSignal) {

    /** Where nothing can be read and nobody watches. */
    public static Console to(PrintStream out, PrintStream err) {
        return new Console(
                InputStream.nullInputStream(), out, err, () -> false, new StopSignal(Thread.currentThread()));
    }

    /** One line of the result on standard output. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** One line on standard error, marked as the program's. */
    public void complain(String message) {
        err.println("repsr: " + message);
        err.flush();
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, out.charset());
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, err.charset());
    }
}
