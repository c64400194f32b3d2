package dev.repsr;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureProbe;
import dev.repsr.image.PictureSource;
import dev.repsr.image.ReadOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
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

    /** The same, so that it can be opened after it was probed. */
    default JobInput held(ImageLimits limits) throws ImageRefused {
        return this;
    }

    /** Bytes that are read to find the header; 0 if they are in memory already. */
    default long headerBytes() {
        return 0;
    }

    /** Whether {@link #copyTo} gives the input's bytes after it was decoded. */
    default boolean canBeCopied() {
        return false;
    }

    /** Writes the input's own bytes. */
    default void copyTo(OutputStream out) throws IOException {
        throw new IllegalStateException(name() + " has no bytes to be copied");
    }

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

        /** Of a file that cannot be looked at 0: opening it tells why. */
        @Override
        public long headerBytes() {
            return file.toFile().length();
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

    /** A picture file's bytes, which nobody changes meanwhile. */
    record FromBytes(byte[] bytes, String name) implements JobInput {
        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return ImageReader.open(bytes, name, options);
        }

        @Override
        public PictureProbe probe(ImageLimits limits) throws ImageRefused {
            return PictureProbe.of(bytes, name, limits);
        }

        @Override
        public boolean canBeCopied() {
            return true;
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            out.write(bytes);
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
        public JobInput held(ImageLimits limits) throws ImageRefused {
            return new FromBytes(ImageReader.readAll(stream, name, limits), name);
        }
    }

    /** A picture file somewhere else; fetched each time that it is opened. */
    record FromUrl(URL url) implements JobInput {
        /** A server that says nothing for so long is given up. */
        private static final int PATIENCE_MILLIS = 30_000;

        /** Without user, password and query, which messages and logs have no business with. */
        @Override
        public String name() {
            return url.getProtocol() + ":" + (url.getHost().isEmpty() ? "" : "//" + url.getHost()) + url.getPath();
        }

        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return held(options.limits()).open(options);
        }

        @Override
        public PictureProbe probe(ImageLimits limits) throws ImageRefused {
            return held(limits).probe(limits);
        }

        @Override
        public JobInput held(ImageLimits limits) throws ImageRefused {
            try {
                URLConnection connection = url.openConnection();
                connection.setConnectTimeout(PATIENCE_MILLIS);
                connection.setReadTimeout(PATIENCE_MILLIS);
                try (InputStream in = connection.getInputStream()) {
                    return new FromBytes(ImageReader.readAll(in, name(), limits), name());
                }
            } catch (ImageRefused e) {
                throw e;
            } catch (IOException e) {
                throw new ImageRefused(
                        ImageRefused.Reason.MISSING,
                        name() + " cannot be fetched (" + e.getClass().getSimpleName() + ")",
                        e);
            }
        }
    }

    /** A picture in memory, which nobody changes until it is opened. */
    record FromImage(BufferedImage image) implements JobInput {
        @Override
        public String name() {
            return "the image";
        }

        @Override
        public PictureSource open(ReadOptions options) throws ImageRefused {
            return ImageReader.open(image, name(), options);
        }

        @Override
        public PictureProbe probe(ImageLimits limits) throws ImageRefused {
            return PictureProbe.of(image, name(), limits);
        }
    }
}
