package dev.repsr.engine;

import dev.repsr.network.Network;

/** A network ready to run. Immutable, shared by all threads. */
public interface PreparedNetwork {

    /** The network. */
    Network network();

    /**
     * How pictures of this size run: a function of the network, the size and what was asked for alone, so that a picture
     * always gives the same bits.
     */
    RowNetwork forPicture(int width, int height);
}
