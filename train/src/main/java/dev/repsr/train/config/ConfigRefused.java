package dev.repsr.train.config;

import java.io.IOException;

/** A configuration, or data that it names, that cannot be used; the message is one sentence for the user. */
public final class ConfigRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** A key, a value or the YAML itself. */
        USAGE,
        /** A file or folder that is missing or unusable. */
        DATA
    }

    private final Kind kind;

    /** @param message one sentence: where, what, what is allowed */
    public ConfigRefused(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** @param cause what was thrown below */
    public ConfigRefused(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
