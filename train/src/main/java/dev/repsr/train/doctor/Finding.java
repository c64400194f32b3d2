package dev.repsr.train.doctor;

/**
 * Something that an examination found.
 *
 * @param message one sentence
 */
public record Finding(Level level, String message) {

    /** How bad it is. */
    public enum Level {
        /** The run would end at once, or its scores would mean nothing. */
        PROBLEM,
        /** The run would go through, perhaps not as it is meant. */
        WARNING,
        /** Good to know. */
        NOTE
    }
}
