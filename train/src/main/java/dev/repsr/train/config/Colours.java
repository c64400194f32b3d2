package dev.repsr.train.config;

/** What of the colours is compared beside the luma. */
public enum Colours {
    /** Red, green and blue. */
    RGB,
    /** What they differ from the luma by. */
    DIFFERENCES
}
