package dev.repsr.bench;

import dev.repsr.engine.Engine;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.network.Network;
import java.io.IOException;

/** One of our engines, from interleaved floats to interleaved floats, as rows. */
final class OurEngine implements Peer {
    private final String name;
    private final PreparedNetwork network;
    private final PictureFormat format;
    private final float[] picture;
    private final float[] row;
    private final int threads;

    /** @param picture interleaved RGB */
    OurEngine(Engine engine, Network network, float[] picture, int width, int threads) {
        this.name = "repsr " + engine.name();
        this.network = engine.prepare(network);
        this.format = new PictureFormat(width, picture.length / 3 / width, 3, 8);
        this.picture = picture;
        this.row = new float[3 * width * network.scale()];
        this.threads = threads;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return MavenVersion.of("dev.repsr", "repsr-core");
    }

    /** Each row is read and dropped, as an encoder would read it. */
    @Override
    public void run() throws IOException {
        try (EnlargedRows rows = new EnlargedRows(network, new Input(), threads, Long.MAX_VALUE)) {
            for (int y = 0; y < rows.format().height(); y++) {
                rows.lendRow(row);
            }
        }
    }

    @Override
    public float[] result() throws IOException {
        try (EnlargedRows rows = new EnlargedRows(network, new Input(), threads, Long.MAX_VALUE)) {
            float[] result = new float[row.length * rows.format().height()];
            for (int y = 0; y < rows.format().height(); y++) {
                rows.readRow(row);
                System.arraycopy(row, 0, result, y * row.length, row.length);
            }
            return result;
        }
    }

    @Override
    public void close() {}

    private final class Input implements PictureRows {
        private int next;

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] target) {
            System.arraycopy(picture, next * 3 * format.width(), target, 0, 3 * format.width());
            next++;
        }

        @Override
        public void close() {}
    }
}
