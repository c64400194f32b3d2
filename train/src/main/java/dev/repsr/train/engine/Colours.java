package dev.repsr.train.engine;

/** What of the colours is compared beside the luma. */
public enum Colours {
    /** Red, green and blue. */
    RGB,
    /**
     * What they differ from the luma by. Errors of the luma, which are the larger ones nearly everywhere, then leave the gradient of
     * the colours alone; among absolute differences of red, green and blue they hide all that is smaller.
     */
    DIFFERENCES
}
