package dev.repsr.engine;

import dev.repsr.network.Network;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Winograd's algorithm where a picture is work enough that its greater speed makes up for the longer compilation of its
 * kernels in a fresh process, else direct convolution.
 */
record AutomaticEngine(Engine direct, Engine winograd) implements Engine {
    /**
     * Floating-point operations of direct convolution. In a fresh process that enlarged one picture on two cores of an AMD
     * EPYC with AVX-512 (JDK 25.0.3, November 2026, medians of 5 pairs), M16C64 with Winograd took 1.07 times as long as with direct
     * convolution at 1.0e11, 1.02 times at 1.35e11 and 0.99 times at 1.9e11; M10C32 1.04 times at 1.3e11 and 1.02 times at 1.7e11.
     */
    private static final double WORTH_WINOGRAD = 2e11;

    private static final double GIGA = 1e9;
    private static final Logger LOG = System.getLogger(AutomaticEngine.class.getName());

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public PreparedNetwork prepare(Network network) {
        return new Prepared(network, direct.prepare(network), new Once<>(() -> winograd.prepare(network)));
    }

    private record Prepared(Network network, PreparedNetwork direct, Once<PreparedNetwork> winograd)
            implements PreparedNetwork {
        @Override
        public RowNetwork forPicture(int width, int height) {
            double work = (double) network.flopPerPixel() * width * height;
            boolean large = work >= WORTH_WINOGRAD;
            LOG.log(
                    Level.DEBUG,
                    "engine {0} for {1}x{2} pixels: {3} GFLOP, winograd from {4} on",
                    large ? "winograd" : "direct",
                    width,
                    height,
                    work / GIGA,
                    WORTH_WINOGRAD / GIGA);
            return (large ? winograd.get() : direct).forPicture(width, height);
        }
    }

    /** Something made when it is first asked for. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            T value = made;
            if (value == null) {
                value = maker.get();
                made = value;
            }
            return value;
        }
    }
}
