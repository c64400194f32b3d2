package dev.repsr.app;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Where the libraries' log lines go: to standard error, warnings always, the rest only when asked for. */
public final class StandardErrorLogger extends System.LoggerFinder {
    private static volatile System.Logger.Level threshold = System.Logger.Level.WARNING;
    private static volatile PrintStream target = System.err;

    /** Called by the JDK. */
    public StandardErrorLogger() {}

    /** Sets how much is shown and where, for the whole process. */
    static void configure(PrintStream err, boolean verbose) {
        target = err;
        threshold = verbose ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            // The JDK's own loggers are none of the user's business unless something is wrong.
            Level least = name.startsWith("dev.repsr") ? threshold : Level.WARNING;
            return level != Level.OFF && level.getSeverity() >= least.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                target.println("repsr: " + message + (thrown == null ? "" : " (" + thrown + ")"));
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                boolean hasValues = format != null && values != null && values.length > 0;
                target.println("repsr: " + (hasValues ? MessageFormat.format(format, values) : format));
            }
        }
    }
}
