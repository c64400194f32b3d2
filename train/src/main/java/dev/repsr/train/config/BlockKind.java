package dev.repsr.train.config;

/** The block that the body is made of. */
public enum BlockKind {
    /** RepSR's block: identity and paths of 3x3, batch normalisation and 1x1. */
    REPSR,
    /** One 3x3 convolution. */
    PLAIN,
    /** One 3x3 convolution that starts close to the identity. */
    IDENTITY,
    /** RepVGG's: 3x3, 1x1 and identity, each with batch normalisation. */
    REPVGG,
    /** ACNet's: 3x3, 3x1 and 1x3, each with batch normalisation. */
    ACB,
    /** The diverse branch block. */
    DBB,
    /** ECBSR's edge-oriented block, without batch normalisation. */
    ECB,
    /** SPAN's, without batch normalisation. */
    CONV3XC;

    /** Whether it is a plain convolution, which needs no base and has no branches. */
    public boolean isPlain() {
        return this == PLAIN || this == IDENTITY;
    }

    /** Whether there is batch normalisation in it. */
    public boolean hasNormalisation() {
        return !isPlain() && this != ECB && this != CONV3XC;
    }
}
