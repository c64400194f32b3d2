package dev.repsr.train.engine;

import java.io.IOException;

/** A loss or a gradient became NaN or infinite; the weights are those before that step. */
public final class TrainingDiverged extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is not finite, and where. */
    public TrainingDiverged(String message) {
        super(message);
    }
}
