package dev.repsr;

import dev.repsr.image.BufferedImages;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a job's picture goes. */
sealed interface JobOutput {
    /** What an array holds, but for what a file has beside its samples. */
    long MOST_BYTES = Integer.MAX_VALUE - (1 << 20);

    /** What messages call it. */
    String name();

    /** Format to write; of an image, that which holds as much. */
    ImageType type();

    /** Bytes of such a picture that writing it holds beside a few rows, and those of a result in memory. */
    default long heldBytes(PictureFormat picture) {
        return ImageWriter.heldBytes(picture, type());
    }

    /** Refuses, before anything is computed, an output that would not be written in the end. */
    default void check(JobInput input) throws IOException {
        if (!type().writable()) {
            throw new OutputRefused(
                    OutputRefused.Reason.UNSUPPORTED,
                    name() + ": " + type().title() + " is not written; choose PNG, JPEG, TIFF, GIF or WebP");
        }
    }

    /** Why it cannot hold such a picture: one sentence; empty if it can. */
    default Optional<String> refusal(PictureFormat picture) {
        return ImageWriter.refusal(picture, type());
    }

    /**
     * Refuses a picture that it cannot hold.
     *
     * @param named what the message calls it
     */
    default void check(String named, PictureFormat picture) throws OutputRefused {
        Optional<String> refusal = refusal(picture);
        if (refusal.isPresent()) {
            throw new OutputRefused(OutputRefused.Reason.UNSUPPORTED, named + ": " + refusal.get());
        }
    }

    /** What is encoded. */
    sealed interface Encoded extends JobOutput {
        /** Writes all of the picture or leaves nothing behind. */
        void write(AtomicFile.Body body) throws IOException;
    }

    /** A file that appears under its name when it is whole. */
    record ToFile(Path file, ImageType type, boolean overwrite, AtomicFile.Seal seal) implements Encoded {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public void check(JobInput input) throws IOException {
            Encoded.super.check(input);
            OutputRefused.requirePossibleName(file);
            if (input instanceof JobInput.FromFile from && isSame(from.file())) {
                throw new OutputRefused(
                        OutputRefused.Reason.IS_INPUT,
                        name() + " is the input itself, which is never overwritten; name another output");
            }
            if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw OutputRefused.exists(file);
            }
        }

        private boolean isSame(Path input) throws IOException {
            return Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input);
        }

        @Override
        public void write(AtomicFile.Body body) throws IOException {
            if (overwrite) {
                AtomicFile.write(file, body, seal);
                return;
            }
            try {
                AtomicFile.writeNew(file, body, seal);
            } catch (FileAlreadyExistsException e) {
                OutputRefused refused = OutputRefused.exists(file);
                refused.initCause(e);
                throw refused;
            }
        }
    }

    /** A stream that stays open. */
    record ToStream(OutputStream stream, ImageType type) implements Encoded {
        @Override
        public String name() {
            return "-";
        }

        @Override
        public void write(AtomicFile.Body body) throws IOException {
            body.writeTo(stream);
            stream.flush();
        }
    }

    /** A file's bytes in memory. */
    record ToBytes(ByteArrayOutputStream bytes, ImageType type) implements Encoded {
        /** An array that grows is there twice, the new one with twice its length; and the bytes are copied at the end. */
        private static final int COPIES = 3;

        @Override
        public String name() {
            return "the output";
        }

        @Override
        public long heldBytes(PictureFormat picture) {
            boolean isLossless = type == ImageType.PNG || type == ImageType.TIFF;
            return Encoded.super.heldBytes(picture) + (isLossless ? COPIES : 1) * picture.bytes();
        }

        @Override
        public Optional<String> refusal(PictureFormat picture) {
            return Encoded.super
                    .refusal(picture)
                    .or(() -> picture.bytes() > MOST_BYTES
                            ? Optional.of("a file of " + picture.width() + "x" + picture.height()
                                    + " pixels may be too large to be held in memory; write it into a file")
                            : Optional.empty());
        }

        @Override
        public void write(AtomicFile.Body body) throws IOException {
            body.writeTo(bytes);
        }
    }

    /** An image in memory. */
    final class ToImage implements JobOutput {
        private @Nullable BufferedImage image;

        @Override
        public String name() {
            return "the image";
        }

        @Override
        public ImageType type() {
            return ImageType.PNG;
        }

        @Override
        public long heldBytes(PictureFormat picture) {
            return BufferedImages.bytes(picture);
        }

        @Override
        public Optional<String> refusal(PictureFormat picture) {
            return BufferedImages.refusal(picture);
        }

        void take(BufferedImage made) {
            image = made;
        }

        /** What was made. */
        BufferedImage image() {
            return Objects.requireNonNull(image);
        }
    }
}
