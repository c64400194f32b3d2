package dev.repsr.check;

import java.io.IOException;

/** An enlarged picture that does not agree with its input, with one sentence that says how. It must not be kept. */
public final class OutputDisagrees extends IOException {
    private static final long serialVersionUID = 1L;

    OutputDisagrees(String name, String how) {
        super(name + ": the enlarged picture does not agree with it: " + how
                + "; the model is no enlarging network or the engine has failed, so nothing was kept");
    }
}
