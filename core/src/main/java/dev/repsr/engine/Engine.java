package dev.repsr.engine;

import dev.repsr.network.Network;

/** A way to run networks. Stateless and thread-safe. */
public interface Engine {

    /** Name as the command line knows it: "auto", "winograd", "direct" or "scalar". */
    String name();

    /**
     * Packs the weights for this engine.
     *
     * @throws IllegalArgumentException if the engine cannot run a layer; names the layer
     */
    PreparedNetwork prepare(Network network);
}
