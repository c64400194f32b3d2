package dev.repsr.image;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A picture that will not be read, with one sentence that says what, why and what to do. */
public final class ImageRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why a picture is refused. */
    public enum Reason {
        /** There is no such file, or it cannot be opened. */
        MISSING,
        /** The first bytes are not those of a picture format that is read. */
        NOT_A_PICTURE,
        /** A picture format, but not one that can be read here. */
        UNSUPPORTED,
        /** Damaged: truncated, contradictory or undecodable. */
        DAMAGED,
        /** Beyond a limit of size or memory. */
        TOO_LARGE,
        /** Not decoded within the time that was allowed. */
        TOO_SLOW
    }

    /** Why. */
    private final Reason reason;
    /** The limit that was passed; null if it was none. */
    private final @Nullable Limit limit;

    /**
     * A refusal for no limit that could be raised.
     *
     * @param message one sentence for the user, with the file's name
     */
    public ImageRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.limit = null;
    }

    /** Beyond a limit that may be raised. */
    public ImageRefused(Limit limit, String message) {
        super(message);
        this.reason = limit == Limit.TIME ? Reason.TOO_SLOW : Reason.TOO_LARGE;
        this.limit = limit;
    }

    /**
     * A refusal that something else led to.
     *
     * @param cause what the decoder threw
     */
    public ImageRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.limit = null;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The limit that would have to be raised, if that helps. */
    public Optional<Limit> limit() {
        return Optional.ofNullable(limit);
    }
}
