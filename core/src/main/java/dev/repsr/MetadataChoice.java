package dev.repsr;

/** What of a picture's metadata goes into the output. */
public enum MetadataChoice {
    /** All that the output's format holds. */
    ALL,
    /** What the colours mean, so that they look the same: the ICC profile, and what a PNG says of its colours beside it. */
    COLOURS,
    /** Nothing. */
    NONE
}
