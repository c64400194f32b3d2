package dev.repsr;

import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureSource;
import dev.repsr.image.ReadOptions;
import java.io.InputStream;
import java.nio.file.Path;

/** Where a job's picture comes from. */
sealed interface JobInput {
    /** What messages call it. */
    String name();

    /** Looks at the header, compares it with the limits, and makes the picture's rows ready, upright. */
    PictureSource open(ReadOptions options) throws ImageRefused;

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
    }

    /** A stream, read to its end and left open. */
    record FromStream(InputStream stream, String name) implements JobInput {
        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return ImageReader.open(stream, name, options);
        }
    }
}
