package dev.repsr;

import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import java.io.InputStream;
import java.nio.file.Path;

/** Where a job's picture comes from. */
sealed interface JobInput {
    /** What messages call it. */
    String name();

    /** Looks at the header, compares it with the limits, then decodes and turns the picture upright. */
    DecodedPicture decode(ImageLimits limits) throws ImageRefused;

    /** A picture file. */
    record FromFile(Path file) implements JobInput {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public DecodedPicture decode(ImageLimits limits) throws ImageRefused {
            return ImageReader.read(file, limits);
        }
    }

    /** A stream, read to its end and left open. */
    record FromStream(InputStream stream, String name) implements JobInput {
        @Override
        public DecodedPicture decode(ImageLimits limits) throws ImageRefused {
            return ImageReader.read(stream, name, limits);
        }
    }
}
