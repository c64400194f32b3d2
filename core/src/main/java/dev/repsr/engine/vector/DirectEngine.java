package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.VectorEngine;
import dev.repsr.network.Network;

/** Direct 3x3 convolution on the Vector API, row by row through all layers, in one vector width. */
public final class DirectEngine implements VectorEngine {
    private final VectorWidth width;

    /** Takes the widest vectors that this processor and this JVM have. */
    public DirectEngine() {
        this(VectorWidth.preferred());
    }

    DirectEngine(VectorWidth width) {
        this.width = width;
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean isFast() {
        return width.isFast();
    }

    @Override
    public String description() {
        return width.bits() + "-bit vectors";
    }

    @Override
    public String requirement() {
        return "vectors of 256 bits or ARM's 128, which this processor or JVM has not";
    }

    @Override
    public PreparedNetwork prepare(Network network) {
        return DirectNetwork.pack(network, ConvStack.of(network), width.kernels());
    }
}
