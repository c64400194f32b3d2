package dev.repsr.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One run of the program inside the test's process.
 *
 * @param code exit code
 * @param out bytes on standard output
 * @param err text on standard error
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the tests member by member
record Run(int code, byte[] out, String err) {

    static Run of(Object... arguments) {
        return withInput(new byte[0], arguments);
    }

    static Run withInput(byte[] input, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = console(input, out, err);
        String[] texts = Arrays.stream(arguments)
                .map(argument -> argument instanceof Path path ? path.toString() : (String) argument)
                .toArray(String[]::new);
        int code = Main.run(texts, console);
        return new Run(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** Surroundings where nothing is read and nobody watches. */
    static Console console() {
        return console(new byte[0], new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private static Console console(byte[] input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false,
                new StopSignal(Thread.currentThread()));
    }

    String outText() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
