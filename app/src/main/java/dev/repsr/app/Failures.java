package dev.repsr.app;

import dev.repsr.OutputRefused;
import dev.repsr.UnknownModel;
import dev.repsr.UpscaleCancelled;
import dev.repsr.app.video.FilmRefused;
import dev.repsr.check.OutputDisagrees;
import dev.repsr.convert.ConversionRefused;
import dev.repsr.format.ModelRefused;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Limit;
import dev.repsr.merge.ReceiptRefused;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The one place that maps what went wrong to an exit code, and a refusal to its word in JSON. */
public final class Failures {
    /** What is said when standard output takes no more. */
    static final String NO_STANDARD_OUTPUT = "Cannot write to standard output: it was closed or its disk is full";

    private static final String MEMORY = "--memory";

    private Failures() {}

    /** Exit code of a failure. */
    public static int exitCode(Throwable failure) {
        return switch (failure) {
            case CommandFailure own -> own.exitCode();
            case UnknownModel unknown -> ExitCode.USAGE;
            case ModelRefused refused -> ExitCode.REFUSED;
            case ImageRefused refused -> ExitCode.REFUSED;
            case OutputRefused refused -> ExitCode.REFUSED;
            case FilmRefused refused -> ExitCode.REFUSED;
            case ReceiptRefused refused -> ExitCode.CHECK;
            case OutputDisagrees disagrees -> ExitCode.CHECK;
            case ConversionRefused refused -> ExitCode.CHECK;
            case UpscaleCancelled cancelled -> ExitCode.STOPPED;
            case InterruptedException interrupted -> ExitCode.STOPPED;
            case InterruptedIOException interrupted -> ExitCode.STOPPED;
            case ClosedByInterruptException interrupted -> ExitCode.STOPPED;
            default -> ExitCode.FAILED;
        };
    }

    /** The word for JSON's key "refused". */
    public static String reason(Exception failure) {
        return switch (failure) {
            case ModelRefused refused -> word(refused.reason());
            case ImageRefused refused -> word(refused.reason());
            case OutputRefused refused -> word(refused.reason());
            case FilmRefused refused -> word(refused.reason());
            case OutputDisagrees disagrees -> "self_check";
            case RuntimeException internal -> "internal";
            default -> "cannot_write";
        };
    }

    /**
     * One sentence for people.
     *
     * @param options that the verb knows: only these are advised
     */
    public static String sentence(Throwable failure, Set<String> options) {
        return switch (failure) {
            case InterruptedException interrupted -> "stopped";
            case ClosedByInterruptException interrupted -> "stopped";
            case OutOfMemoryError none -> "Java's memory is used up; give it more with JDK_JAVA_OPTIONS=-Xmx4g, say";
            case RuntimeException internal -> ownFailure(internal);
            case Error internal -> ownFailure(internal);
            case OutputRefused refused ->
                message(refused)
                        + (refused.reason() == OutputRefused.Reason.EXISTS ? option("--overwrite", options) : "");
            case OutputDisagrees disagrees ->
                message(disagrees)
                        + (disagrees.isOfEveryPicture() && options.contains("--self-check")
                                ? " (--self-check off runs it all the same)"
                                : "");
            case ImageRefused refused ->
                message(refused)
                        + refused.limit().map(limit -> cure(limit, options)).orElse("");
            default -> message(failure);
        };
    }

    private static String ownFailure(Throwable failure) {
        String what = failure.toString().lines().findFirst().orElse("");
        return "a failure of our own: " + what + "; with -v the place is shown, please report it";
    }

    /** Which option raises a limit; without one, that of memory follows Java's own. */
    private static String cure(Limit limit, Set<String> options) {
        return switch (limit) {
            case PIXELS, FILE_BYTES -> option("--max-megapixels", options);
            case TIME -> option("--decode-timeout", options);
            case MEMORY ->
                options.contains(MEMORY) ? option(MEMORY, options) : " (JDK_JAVA_OPTIONS=-Xmx4g gives Java more, say)";
        };
    }

    private static String option(String name, Set<String> options) {
        return options.contains(name) ? " (" + name + ")" : "";
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
