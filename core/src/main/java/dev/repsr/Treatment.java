package dev.repsr;

/** What a job did with a picture. */
public enum Treatment {
    /** The network enlarged it. */
    ENLARGED,
    /** The network enlarged it, and it was then resampled to the size that was asked for. */
    RESAMPLED,
    /** It was large enough already, so it was taken as it is. */
    COPIED
}
