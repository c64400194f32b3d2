package dev.repsr.app;

import java.io.Console;
import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;

/**
 * The start script lets the JVM's own standard error pass a filter, which keeps the JVM's remark on incubator modules
 * from the user, and names the descriptor of the real one in the environment. The program writes there itself: progress
 * lines reach the terminal as they are, and nothing is still under way when the program has ended.
 */
final class RealStandardError {
    private static final String VARIABLE = "REPSR_STDERR";
    private static final String TERMINAL = "REPSR_STDERR_TERMINAL";

    private RealStandardError() {}

    /** Sends {@link System#err} to the descriptor that the start script names; without one everything stays as it is. */
    static void use() {
        String descriptor = System.getenv(VARIABLE);
        if (descriptor == null || !descriptor.matches("[0-9]")) {
            return;
        }
        // Where that fails, standard error goes on through the filter, line by line.
        lead(FileDescriptor.err, Integer.parseInt(descriptor));
    }

    /** Sends what is written to a standard stream to another descriptor; false if Java does not allow it. */
    static boolean lead(FileDescriptor stream, int descriptor) {
        try {
            Field number = FileDescriptor.class.getDeclaredField("fd");
            number.setAccessible(true);
            number.setInt(stream, descriptor);
            return true;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            System.getLogger(RealStandardError.class.getName())
                    .log(System.Logger.Level.DEBUG, "a standard stream stays as it is", e);
            return false;
        }
    }

    /** Lets another process, which has no such descriptor, write through the filter: whole lines. */
    static void leaveFiltered(Map<String, String> environment) {
        environment.remove(VARIABLE);
        environment.put(TERMINAL, "no");
    }

    /** Whether standard error is a terminal, so that a line may be written over again and again. */
    @SuppressWarnings("SystemConsoleNull") // it is null where the streams lead to files
    static boolean isTerminal() {
        String told = System.getenv(TERMINAL);
        if (told != null) {
            return told.equals("yes");
        }
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
