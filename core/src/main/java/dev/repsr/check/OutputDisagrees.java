package dev.repsr.check;

import java.io.IOException;

/** An enlarged picture that does not agree with its input, with one sentence that says how. It must not be kept. */
public final class OutputDisagrees extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether no picture would be let through. */
    private final boolean everyPicture;

    OutputDisagrees(String name, String how) {
        this(name + ": the enlarged picture does not agree with it: " + how + "; nothing was kept", false);
    }

    private OutputDisagrees(String sentence, boolean everyPicture) {
        super(sentence);
        this.everyPicture = everyPicture;
    }

    /** What a model makes of the photograph that it is tried on does not agree with it. */
    static OutputDisagrees ofModel(String model, String how) {
        return new OutputDisagrees(
                model + ": what it makes of a known photograph does not agree with it: " + how
                        + "; it is no enlarging network or the engine has failed, so nothing was kept",
                true);
    }

    /** Whether the model would fail on every picture, not on this one alone. */
    public boolean isOfEveryPicture() {
        return everyPicture;
    }
}
