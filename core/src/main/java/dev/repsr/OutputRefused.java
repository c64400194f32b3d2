package dev.repsr;

import dev.repsr.io.FileName;
import java.io.IOException;
import java.nio.file.Path;

/** An output that will not be written, with one sentence that says why and what to do. Nothing was computed yet. */
public final class OutputRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why an output is refused. */
    public enum Reason {
        /** There is such a file already, and overwriting was not asked for. */
        EXISTS,
        /** It is the very file that is to be read. */
        IS_INPUT,
        /** It would lie outside the folder that the outputs go to. */
        OUTSIDE,
        /** The file system takes no name of this length. */
        NAME_TOO_LONG,
        /** Another input has this output. */
        TAKEN,
        /** Its format cannot be written, or not from this picture. */
        UNSUPPORTED
    }

    /** Why. */
    private final Reason reason;

    /**
     * A refusal.
     *
     * @param message one sentence for the user, with the file's name
     */
    public OutputRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** For a file that is there already, and is not to be overwritten. */
    public static OutputRefused exists(Path output) {
        return new OutputRefused(Reason.EXISTS, output + " exists already; name another output or allow overwriting");
    }

    /** Refuses a name that the file system where it would lie does not take. */
    public static void requirePossibleName(Path output) throws OutputRefused {
        if (FileName.isImpossible(output)) {
            throw new OutputRefused(
                    Reason.NAME_TOO_LONG,
                    output
                            + " is a longer name than is possible there; give the input a shorter one or name the output");
        }
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
