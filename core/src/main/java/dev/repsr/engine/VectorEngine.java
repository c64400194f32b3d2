package dev.repsr.engine;

/** An engine that is only fast where the processor has the vectors that it was written for. */
public interface VectorEngine extends Engine {

    /** Whether this processor and this JVM have such vectors; where not, the engine works but is slower than scalar. */
    boolean isFast();

    /** What the engine uses, such as "512-bit vectors". */
    String description();

    /** What {@link #isFast} asks for, to follow "needs". */
    String requirement();
}
