package dev.repsr.train.data;

import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A picture file, in a folder or in an archive. Can be read by any thread. */
sealed interface PictureFile {

    /** What messages call it. */
    String name();

    /** Its place within the folder or archive, parted by slashes. */
    String place();

    /** Reads it. */
    DecodedPicture read() throws ImageRefused;

    /** Its place without the ending: what the two pictures of a pair have in common. */
    default String key() {
        String place = place();
        int dot = place.lastIndexOf('.');
        return dot > place.lastIndexOf('/') ? place.substring(0, dot) : place;
    }

    /** The last part of {@link #key}. */
    default String stem() {
        return key().substring(key().lastIndexOf('/') + 1);
    }

    /** A file in a folder. */
    record InFolder(Path file, String place) implements PictureFile {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public DecodedPicture read() throws ImageRefused {
            return ImageReader.read(file, ImageLimits.defaults());
        }
    }

    /** An entry of a zip archive, which stays open as long as its entries are read. */
    record InZip(Path archive, ZipFile zip, ZipEntry entry) implements PictureFile {
        @Override
        public String name() {
            return archive + ": " + place();
        }

        @Override
        public String place() {
            return entry.getName();
        }

        @Override
        public DecodedPicture read() throws ImageRefused {
            try (InputStream in = zip.getInputStream(entry)) {
                return ImageReader.read(in, name(), ImageLimits.defaults());
            } catch (ImageRefused e) {
                throw e;
            } catch (IOException e) {
                throw new ImageRefused(
                        Reason.DAMAGED, name() + " cannot be taken out of its archive: " + e.getMessage(), e);
            }
        }
    }

    /** An entry of a tar archive: {@code size} bytes from {@code offset} on. */
    record InTar(Path archive, String place, long offset, long size) implements PictureFile {
        @Override
        public String name() {
            return archive + ": " + place;
        }

        @Override
        public DecodedPicture read() throws ImageRefused {
            ImageLimits limits = ImageLimits.defaults();
            if (size > limits.maxBytes()) {
                throw new ImageRefused(
                        Limit.FILE_BYTES, name() + " is larger than the limit of " + limits.maxBytes() + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
                channel.position(offset);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // Until all is there, or the archive has become shorter; the decoder then says so.
                }
            } catch (IOException e) {
                throw new ImageRefused(Reason.MISSING, name() + " cannot be read: " + e.getMessage(), e);
            }
            return ImageReader.read(new ByteArrayInputStream(bytes.array(), 0, bytes.position()), name(), limits);
        }
    }
}
