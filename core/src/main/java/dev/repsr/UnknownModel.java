package dev.repsr;

import java.io.IOException;

/** A name that no built-in model has, with one sentence that says which ones there are. */
public final class UnknownModel extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownModel(String message) {
        super(message);
    }
}
