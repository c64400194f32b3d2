package dev.repsr.train.data;

import dev.repsr.image.PictureFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training picture's file, looked at.
 *
 * @param name what messages call it
 * @param state what a run would do with it
 * @param problem one sentence, empty if it is used
 * @param warnings what is odd about the file
 * @param format as it was stored; null if it cannot be read
 * @param print what it looks like; null unless it is used
 * @param heldOut whether it is measured instead of trained on
 * @param bytes that it takes for training
 */
public record SurveyedPicture(
        String name,
        State state,
        String problem,
        List<String> warnings,
        @Nullable PictureFormat format,
        @Nullable Fingerprint print,
        boolean heldOut,
        long bytes) {

    /** What a run would do with a picture. */
    public enum State {
        /** It is used. */
        USED,
        /** It is left out: too small for a patch. */
        SMALL,
        /** It is left out, or ends the run: not readable. */
        UNREADABLE,
        /** It ends the run: its partner has the wrong size. */
        MISFIT
    }

    public SurveyedPicture {
        warnings = List.copyOf(warnings);
    }
}
