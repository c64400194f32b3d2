package dev.repsr;

import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.RowNetwork;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureFrames;
import dev.repsr.image.PictureRows;
import dev.repsr.image.PictureSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A picture on its way through a network to an encoder, with all its frames where the output can hold them.
 *
 * @param bandBytes what bands of rows may take
 */
record EnlargedPicture(PictureSource source, RowNetwork network, int threads, long bandBytes, UpscaleJob job) {

    PictureFormat format() {
        return enlarged(source.format());
    }

    private PictureFormat enlarged(PictureFormat format) {
        int scale = network.network().scale();
        return format.resized(Math.multiplyExact(format.width(), scale), Math.multiplyExact(format.height(), scale));
    }

    /** Encodes into {@code out}. */
    void write(ImageType type, EncodeOptions options, OutputStream out) throws IOException {
        Optional<PictureFrames> frames = source.frames();
        if (type == ImageType.GIF && frames.isPresent()) {
            ImageWriter.writeAnimation(new Frames(frames.get()), out);
            return;
        }
        int height = format().height();
        try (PictureRows rows = NetworkRows.enlarge(network, source.rows(), threads, bandBytes)) {
            ImageWriter.write(new WatchedRows(rows, job, 0, height), type, options, out);
        }
    }

    /** Each frame goes through the network by itself. */
    private final class Frames implements PictureFrames {
        private final PictureFrames frames;
        private int done;

        Frames(PictureFrames frames) {
            this.frames = frames;
        }

        @Override
        public PictureFormat format() {
            return enlarged(frames.format());
        }

        @Override
        public int count() {
            return frames.count();
        }

        @Override
        public int loops() {
            return frames.loops();
        }

        @Override
        public int delay(int index) {
            return frames.delay(index);
        }

        @Override
        public PictureRows next() throws IOException {
            int height = format().height();
            PictureRows rows = NetworkRows.enlarge(network, frames.next(), threads, bandBytes);
            return new WatchedRows(rows, job, height * done++, Math.multiplyExact(height, frames.count()));
        }
    }
}
