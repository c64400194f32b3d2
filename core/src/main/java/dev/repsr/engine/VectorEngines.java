package dev.repsr.engine;

/** The engines that are only fast where the processor has the vectors that they were written for. */
public interface VectorEngines {

    /** Whether this processor and this JVM have such vectors; where not, the engines work but are slower than scalar. */
    boolean isFast();

    /** Width of the vectors that the engines use. */
    int bits();

    /** What the engines use, such as "512-bit vectors". */
    String description();

    /** What {@link #isFast} asks for, to follow "needs". */
    String requirement();

    /** Each convolution as its definition says. */
    Engine direct();

    /** Winograd's algorithm. */
    Engine winograd();

    /**
     * Runs a loop of nothing but fused multiply-adds in registers, which shows what the processor can do at most.
     *
     * @return a number that depends on all of them, so that none can be left out
     */
    float fmaLoop(int turns);

    /** Floating-point operations in a turn of {@link #fmaLoop}. */
    int flopPerTurn();
}
