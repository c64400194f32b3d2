package dev.repsr.convert;

import java.io.IOException;

/** A written model file that is not the network it should be, with one sentence; nothing got the final name. */
public final class ConversionRefused extends IOException {
    private static final long serialVersionUID = 1L;

    ConversionRefused(String message) {
        super(message);
    }

    ConversionRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
