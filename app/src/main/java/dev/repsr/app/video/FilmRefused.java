package dev.repsr.app.video;

import java.io.IOException;

/** A film that is not enlarged: one sentence says why and what to do. */
public final class FilmRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The file, or a program that reads it, is not there. */
        MISSING,
        /** It cannot be decoded. */
        DAMAGED,
        /** It is of a kind that is not enlarged, or the output of a kind that cannot hold it. */
        UNSUPPORTED
    }

    private final Reason reason;

    FilmRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
