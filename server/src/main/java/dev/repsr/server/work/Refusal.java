package dev.repsr.server.work;

import dev.repsr.OutputRefused;
import dev.repsr.UnknownModel;
import dev.repsr.UpscaleCancelled;
import dev.repsr.check.OutputDisagrees;
import dev.repsr.format.ModelRefused;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Limit;
import dev.repsr.io.Spool;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Something that is not done, with one sentence that strangers may read: no path, no version, no class. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(Refusal.class.getName());

    /** Why something is not done. The words are part of the API. */
    public enum Reason {
        /** The request says something that is not allowed, or contradicts itself. */
        BAD_REQUEST,
        /** There is no model of this name. */
        UNKNOWN_MODEL,
        /** A token is asked for, and none or another was sent. */
        UNAUTHORIZED,
        /** The request was made for another host. */
        FOREIGN_HOST,
        /** A page of another origin made the request. */
        FOREIGN_ORIGIN,
        /** There is nothing under this path, or no longer. */
        NOT_FOUND,
        /** The path is there, but not for this method. */
        METHOD_NOT_ALLOWED,
        /** The request came too slowly. */
        TOO_SLOW_REQUEST,
        /** The job is not done yet. */
        NOT_READY,
        /** The job was cancelled. */
        CANCELLED,
        /** Beyond a limit of bytes, pixels or memory. */
        TOO_LARGE,
        /** The first bytes are those of no picture. */
        NOT_A_PICTURE,
        /** A picture, but not one that can be read, or not into this format. */
        UNSUPPORTED,
        /** A damaged picture. */
        DAMAGED,
        /** Not decoded within the time allowed. */
        TOO_SLOW,
        /** The enlarged picture did not pass the check. */
        SELF_CHECK,
        /** The model cannot be used. */
        MODEL,
        /** Too much work is waiting. */
        BUSY,
        /** The server is about to end. */
        STOPPING,
        /** Not done within the time allowed. */
        DEADLINE,
        /** A failure of our own. */
        INTERNAL;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final Duration retryAfter;

    /** @param message one sentence for strangers */
    public Refusal(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** @param retryAfter when it is worth while to ask again; zero: never */
    public Refusal(Reason reason, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** When it is worth while to ask again; zero: never. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** A request that says something that is not allowed. */
    public static Refusal badRequest(String message) {
        return new Refusal(Reason.BAD_REQUEST, message);
    }

    /** What became of a failure: what only the server's owner may know goes to the log. */
    public static Refusal of(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case ImageRefused refused -> ofPicture(refused);
            case OutputRefused refused -> new Refusal(Reason.UNSUPPORTED, message(refused));
            case OutputDisagrees disagrees ->
                logged(disagrees, Reason.SELF_CHECK, "the enlarged picture did not pass the check against its input");
            case UnknownModel unknown -> new Refusal(Reason.UNKNOWN_MODEL, message(unknown));
            case ModelRefused refused -> logged(refused, Reason.MODEL, "this model cannot be used");
            case Spool.Full full -> noRoom();
            case UpscaleCancelled cancelled -> cancelled();
            case InterruptedIOException interrupted -> cancelled();
            case InterruptedException interrupted -> cancelled();
            case OutOfMemoryError none -> logged(none, Reason.BUSY, "no memory is left for this picture now");
            default -> logged(failure, Reason.INTERNAL, "a failure of our own; the server's log says more");
        };
    }

    /** Somebody does not want it any more. */
    static Refusal cancelled() {
        return new Refusal(Reason.CANCELLED, "cancelled before it was done");
    }

    /** The temporary files take all the room they may. */
    public static Refusal noRoom() {
        return new Refusal(Reason.BUSY, "no room is left for pictures now; try again later", Duration.ofSeconds(10));
    }

    private static Refusal ofPicture(ImageRefused refused) {
        Optional<Limit> limit = refused.limit();
        String said = message(refused);
        String cut = limit.isEmpty() || said.indexOf(';') < 0 ? said : said.substring(0, said.lastIndexOf(';'));
        return switch (refused.reason()) {
            case MISSING, NOT_A_PICTURE -> new Refusal(Reason.NOT_A_PICTURE, said);
            case UNSUPPORTED -> new Refusal(Reason.UNSUPPORTED, said);
            case DAMAGED -> new Refusal(Reason.DAMAGED, said);
            case TOO_LARGE ->
                new Refusal(Reason.TOO_LARGE, cut + limit.map(Refusal::advice).orElse(""));
            case TOO_SLOW -> new Refusal(Reason.TOO_SLOW, cut);
        };
    }

    private static String advice(Limit limit) {
        return switch (limit) {
            case PIXELS -> "; send a smaller picture, or ask for a smaller size";
            case FILE_BYTES, MEMORY -> "; send a smaller picture";
            case TIME -> "";
        };
    }

    private static Refusal logged(Throwable failure, Reason reason, String sentence) {
        LOG.log(System.Logger.Level.WARNING, sentence, failure);
        return new Refusal(reason, sentence);
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("refused");
    }
}
