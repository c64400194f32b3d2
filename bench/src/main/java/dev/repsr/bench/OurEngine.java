package dev.repsr.bench;

import dev.repsr.engine.BandWorker;
import dev.repsr.engine.Engine;
import dev.repsr.network.Network;
import java.io.IOException;

/** One of our engines on one thread, for one network and picture; from interleaved floats to interleaved floats. */
final class OurEngine {
    private final BandWorker worker;
    private final float[] picture;
    private final float[] enlarged;
    private final int width;
    private final int height;
    private final int scale;

    /** @param picture interleaved RGB */
    OurEngine(Engine engine, Network network, float[] picture, int width) {
        this.width = width;
        this.height = picture.length / 3 / width;
        this.scale = network.scale();
        this.picture = picture;
        this.enlarged = new float[picture.length * scale * scale];
        this.worker = engine.prepare(network).worker(width, height);
    }

    /** Runs the network; the result is interleaved RGB, and overwritten by the next run. */
    float[] run() throws IOException {
        int row = 3 * width;
        int outputRow = scale * row;
        worker.run(
                (y, target, offset) -> System.arraycopy(picture, y * row, target, offset, row),
                0,
                height,
                (y, values) -> System.arraycopy(values, 0, enlarged, y * outputRow, outputRow));
        return enlarged;
    }
}
