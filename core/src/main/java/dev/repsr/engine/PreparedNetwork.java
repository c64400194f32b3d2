package dev.repsr.engine;

import dev.repsr.network.Network;

/** A network ready to run on one engine. Immutable, shared by all threads. */
public interface PreparedNetwork {

    /** The network. */
    Network network();

    /** Working memory in bytes of one worker for rows of {@code width} pixels in bands of at most {@code rows} rows. */
    long workerBytes(int width, int rows);

    /** A worker for pictures of this size; one thread at a time may use it. */
    BandWorker worker(int width, int height);

    /**
     * Whether a worker whose next band begins where its last one ended goes on from there, so that small bands cost no
     * more than large ones as long as one worker computes them all.
     */
    default boolean continuesBands() {
        return false;
    }
}
