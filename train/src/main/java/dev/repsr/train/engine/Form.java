package dev.repsr.train.engine;

/** How blocks are computed where no statistics of a batch are needed; both are the same function with the same gradients. */
public enum Form {
    /** Branch by branch, as they are drawn. */
    BRANCHES,
    /** Folded into one convolution inside the graph: two to three times as fast. */
    MERGED
}
