package dev.repsr.engine;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;

/**
 * The specification of all engines: every layer as its definition says, in plain loops over whole feature maps of a
 * band. Runs every network, and needs nothing but the language.
 */
public final class ScalarEngine implements Engine {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public PreparedNetwork prepare(Network network) {
        return new Prepared(network);
    }

    private record Prepared(Network network) implements PreparedNetwork {

        @Override
        public BandWorker worker(int width, int height) {
            return new ScalarWorker(network, width, height);
        }

        /** The input, and the largest pair of maps that a layer reads and writes. */
        @Override
        public long workerBytes(int width, int rows) {
            long pixels = (width + 2L) * (rows + 2L * network.radius());
            long input = 3;
            long channels = input;
            long peak = 0;
            for (Layer layer : network.layers()) {
                long next = switch (layer) {
                    case Conv3x3 conv -> conv.out();
                    case PRelu relu -> channels;
                    case PixelShuffle shuffle -> channels;
                    case AddNearest skip -> channels;
                };
                peak = Math.max(peak, channels + next);
                channels = next;
            }
            long outputRow = 3L * width * network.scale();
            return Float.BYTES * ((input + peak) * pixels + outputRow);
        }
    }
}
