package dev.repsr.engine;

/** The engines that are only fast where the processor has the vectors that they were written for. */
public interface VectorEngines {

    /** Whether this processor and this JVM have such vectors; where not, the engines work but are slower than scalar. */
    boolean isFast();

    /** What the engines use, such as "512-bit vectors". */
    String description();

    /** What {@link #isFast} asks for, to follow "needs". */
    String requirement();

    /** Each convolution as its definition says. */
    Engine direct();

    /** Winograd's algorithm. */
    Engine winograd();
}
