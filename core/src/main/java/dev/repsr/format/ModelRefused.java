package dev.repsr.format;

import java.io.IOException;

/** A model file that will not be read, with one sentence that says what, where and what to do. */
public final class ModelRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why a model is refused. */
    public enum Reason {
        /** There is no such file, or it cannot be opened. */
        MISSING,
        /** The bytes are not those of a model file. */
        NOT_A_MODEL,
        /** A model file, but of a format or architecture that is not read here. */
        UNSUPPORTED,
        /** Damaged: truncated, contradictory, or its checksum does not agree. */
        DAMAGED
    }

    /** Why. */
    private final Reason reason;

    /**
     * A refusal.
     *
     * @param message one sentence for the user, with the file's name
     */
    public ModelRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * A refusal that something else led to.
     *
     * @param cause what was found on the way
     */
    public ModelRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
