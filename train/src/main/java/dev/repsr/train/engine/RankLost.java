package dev.repsr.train.engine;

import java.io.IOException;

/** Another process of a common training ended, or cannot be reached. */
public final class RankLost extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says which process lost the others, and how. */
    public RankLost(String message, Throwable cause) {
        super(message, cause);
    }
}
