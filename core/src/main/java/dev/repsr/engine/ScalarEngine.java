package dev.repsr.engine;

import dev.repsr.network.Network;

/**
 * The specification of all engines: each layer as its definition says, in plain loops. Needs nothing but the language, so
 * it is also what runs where the Vector API is absent; its inner loop has the one form that the JIT compiler turns into
 * vector instructions by itself.
 */
public final class ScalarEngine implements Engine {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public PreparedNetwork prepare(Network network) {
        return new ScalarNetwork(network, ConvStack.of(network));
    }
}
