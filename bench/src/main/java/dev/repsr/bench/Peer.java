package dev.repsr.bench;

import java.io.IOException;

/**
 * A runtime that is ready to run one network on one picture, on one number of threads. All peers compute the same function
 * from the same weights in float32. To be used by the thread that made it; some runtimes keep their number of threads for
 * the whole process, so peers that are open at the same time are made with the same number.
 */
sealed interface Peer extends AutoCloseable permits OurEngine, OnnxRuntime, LibTorch, OpenCvDnn, OneDnn {

    /** Name in tables. */
    String name();

    /** Version of the runtime. */
    String version();

    /** Runs the network once; what is timed. The result stays in the runtime's own memory and layout. */
    void run() throws IOException;

    /** Runs the network once and gives its result, interleaved RGB; not timed. */
    float[] result() throws IOException;

    @Override
    void close() throws IOException;
}
