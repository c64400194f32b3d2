package dev.repsr.train.torch;

import java.io.IOException;

/** The loss became NaN or infinite; the weights are those before that step. */
public final class TrainingDiverged extends IOException {
    private static final long serialVersionUID = 1L;

    TrainingDiverged(String message) {
        super(message);
    }
}
