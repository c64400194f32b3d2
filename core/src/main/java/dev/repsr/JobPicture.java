package dev.repsr;

import dev.repsr.image.BufferedImages;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.IccProfile;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureFrames;
import dev.repsr.image.PictureRows;
import dev.repsr.image.PictureSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What of an input goes into the output: one picture, or all frames where the output can hold them.
 *
 * @param frames of an animation that is to stay one, or null
 * @param withoutAlpha whether an alpha channel that is opaque everywhere is left out, for a format that holds none
 */
record JobPicture(PictureSource source, @Nullable PictureFrames frames, boolean withoutAlpha, ImageType type) {

    /** What is done with the rows of a picture; the result is closed together with them. */
    @FunctionalInterface
    interface Work {
        PictureRows rows(PictureRows input) throws IOException;
    }

    static JobPicture of(PictureSource source, ImageType output) throws IOException {
        PictureFrames frames = output == ImageType.GIF ? source.frames().orElse(null) : null;
        return new JobPicture(source, frames, output == ImageType.JPEG && source.isOpaque(), output);
    }

    private PictureRows rows() {
        return withoutAlpha ? source.rowsWithoutAlpha() : source.rows();
    }

    /** Format of the picture, or of every frame. */
    PictureFormat format() {
        return frames == null ? rows().format() : frames.format();
    }

    /**
     * Encodes what {@code work} makes of the picture.
     *
     * @param output format of what it makes
     */
    void write(Work work, PictureFormat output, UpscaleJob job, EncodeOptions options, OutputStream out)
            throws IOException {
        if (frames != null) {
            ImageWriter.writeAnimation(new WorkedFrames(frames, work, output, job), out);
            return;
        }
        try (PictureRows rows = work.rows(rows())) {
            ImageWriter.write(new WatchedRows(rows, job, 0, output.height()), type, options, out);
        }
    }

    /**
     * The image of what {@code work} makes of the picture.
     *
     * @param output format of what it makes
     * @param profile of its samples, or null
     */
    BufferedImage image(Work work, PictureFormat output, UpscaleJob job, @Nullable IccProfile profile)
            throws IOException {
        try (PictureRows rows = work.rows(rows())) {
            return BufferedImages.read(new WatchedRows(rows, job, 0, output.height()), profile);
        }
    }

    /** Each frame by itself. */
    private static final class WorkedFrames implements PictureFrames {
        private final PictureFrames frames;
        private final Work work;
        private final PictureFormat format;
        private final UpscaleJob job;
        private int done;

        WorkedFrames(PictureFrames frames, Work work, PictureFormat format, UpscaleJob job) {
            this.frames = frames;
            this.work = work;
            this.format = format;
            this.job = job;
        }

        @Override
        public PictureFormat format() {
            return format;
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
            int all = Math.multiplyExact(format.height(), frames.count());
            return new WatchedRows(work.rows(frames.next()), job, format.height() * done++, all);
        }
    }
}
