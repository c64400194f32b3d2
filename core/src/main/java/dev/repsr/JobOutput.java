package dev.repsr;

import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where a job's picture goes. */
sealed interface JobOutput {
    /** What messages call it. */
    String name();

    /** Format to write. */
    ImageType type();

    /** Refuses, before anything is computed, an output that would not be written in the end. */
    default void check(JobInput input) throws IOException {
        if (!type().writable()) {
            throw new OutputRefused(
                    OutputRefused.Reason.UNSUPPORTED,
                    name() + ": " + type().title() + " is not written; choose PNG, JPEG, TIFF, GIF or WebP");
        }
    }

    /** Refuses a picture that the format cannot hold. */
    default void check(PictureFormat picture) throws OutputRefused {
        check(name(), picture, type());
    }

    /** Refuses a picture that the format cannot hold; {@code name} stands in the message. */
    static void check(String name, PictureFormat picture, ImageType type) throws OutputRefused {
        Optional<String> refusal = ImageWriter.refusal(picture, type);
        if (refusal.isPresent()) {
            throw new OutputRefused(OutputRefused.Reason.UNSUPPORTED, name + ": " + refusal.get());
        }
    }

    /** Writes all of the picture or leaves nothing behind. */
    void write(AtomicFile.Body body) throws IOException;

    /** A file that appears under its name when it is whole. */
    record ToFile(Path file, ImageType type, boolean overwrite, AtomicFile.Seal seal) implements JobOutput {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public void check(JobInput input) throws IOException {
            JobOutput.super.check(input);
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
    record ToStream(OutputStream stream, ImageType type) implements JobOutput {
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
}
