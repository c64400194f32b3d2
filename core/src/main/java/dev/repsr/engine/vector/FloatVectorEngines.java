package dev.repsr.engine.vector;

import dev.repsr.engine.Engine;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.VectorEngines;
import dev.repsr.network.Network;

/** The engines on the Vector API, in one vector width. */
public final class FloatVectorEngines implements VectorEngines {
    private final VectorWidth width;

    /** Takes the widest vectors that this processor and this JVM have. */
    public FloatVectorEngines() {
        this(VectorWidth.preferred());
    }

    FloatVectorEngines(VectorWidth width) {
        this.width = width;
    }

    @Override
    public boolean isFast() {
        return width.isFast();
    }

    @Override
    public int bits() {
        return width.bits();
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
    public Engine direct() {
        return new Direct(width.kernels());
    }

    @Override
    public Engine winograd() {
        return new Winograd(width.kernels());
    }

    @Override
    public float fmaLoop(int turns) {
        return width.kernels().fmaLoop(turns);
    }

    @Override
    public int flopPerTurn() {
        return 2 * Kernels.FMA_PER_TURN * width.kernels().lanes();
    }

    private record Direct(Kernels kernels) implements Engine {
        @Override
        public String name() {
            return "direct";
        }

        @Override
        public PreparedNetwork prepare(Network network) {
            return VectorNetwork.direct(network, kernels);
        }
    }

    private record Winograd(Kernels kernels) implements Engine {
        @Override
        public String name() {
            return "winograd";
        }

        @Override
        public PreparedNetwork prepare(Network network) {
            return VectorNetwork.winograd(network, kernels);
        }
    }
}
