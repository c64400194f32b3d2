package dev.repsr.train.torch;

import java.io.IOException;

/** Another process of a common training ended, or cannot be reached. */
public final class RankLost extends IOException {
    private static final long serialVersionUID = 1L;

    RankLost(String message, Throwable cause) {
        super(message, cause);
    }
}
