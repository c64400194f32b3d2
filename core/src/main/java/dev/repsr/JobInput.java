package dev.repsr;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureProbe;
import dev.repsr.image.PictureSource;
import dev.repsr.image.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a job's picture comes from. */
sealed interface JobInput {
    /** What messages call it. */
    String name();

    /** Looks at the header, compares it with the limits, and makes the picture's rows ready, upright. */
    PictureSource open(ReadOptions options) throws ImageRefused;

    /** Looks at the header alone. */
    PictureProbe probe(ImageLimits limits) throws ImageRefused;

    /** Whether {@link #copyTo} gives the input's bytes after it was decoded. */
    boolean canBeCopied();

    /** Writes the input's own bytes. */
    void copyTo(OutputStream out) throws IOException;

    /** A picture file. */
    record FromFile(Path file) implements JobInput {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return ImageReader.open(file, options);
        }

        @Override
        public PictureProbe probe(ImageLimits limits) throws ImageRefused {
            return PictureProbe.of(file, limits);
        }

        @Override
        public boolean canBeCopied() {
            return true;
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(out);
            }
        }
    }

    /** A stream, read to its end and left open. */
    record FromStream(InputStream stream, String name) implements JobInput {
        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return ImageReader.open(stream, name, options);
        }

        @Override
        public PictureProbe probe(ImageLimits limits) throws ImageRefused {
            return PictureProbe.of(stream, name, limits);
        }

        @Override
        public boolean canBeCopied() {
            return false;
        }

        @Override
        public void copyTo(OutputStream out) {
            throw new IllegalStateException("the stream has been read");
        }
    }
}
