package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one door for pictures from outside. A file is known by its first bytes, never by its name; its structure is looked
 * at within bounds and compared with the limits; only then a decoder runs, and nothing but {@link ImageRefused} leaves.
 * Sample values are those of the file: no colour management.
 */
public final class ImageReader {
    private static final int HEAD = 16;

    private ImageReader() {}

    /** Reads a picture file. */
    public static DecodedPicture read(Path file, ImageLimits limits) throws ImageRefused {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new ImageRefused(Reason.NOT_A_PICTURE, name + " is a folder, not a picture");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > limits.maxBytes()) {
                throw tooManyBytes(name, limits);
            }
            return read(in, name, limits);
        } catch (ImageRefused e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ImageRefused(Reason.MISSING, "There is no file " + name, e);
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a picture from a stream, to its end.
     *
     * @param in stays open
     * @param name what messages call the picture
     */
    public static DecodedPicture read(InputStream in, String name, ImageLimits limits) throws ImageRefused {
        byte[] file;
        ImageType type;
        try {
            byte[] head = in.readNBytes(HEAD);
            type = typeOf(head, name);
            file = rest(head, in, name, limits);
        } catch (ImageRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw tooLittleMemory(name, e);
        }
        return decodeWithinBorder(type, file, name, limits);
    }

    /** The border: decoders that are fed with broken data throw all of these. */
    private static DecodedPicture decodeWithinBorder(ImageType type, byte[] file, String name, ImageLimits limits)
            throws ImageRefused {
        try {
            return decode(type, file, name, limits);
        } catch (ImageRefused e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw tooLittleMemory(name, e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ImageRefused(Reason.DAMAGED, name + " is damaged and cannot be read" + detail(e), e);
        }
    }

    private static ImageRefused tooLittleMemory(String name, OutOfMemoryError e) {
        return new ImageRefused(
                Reason.TOO_LARGE, name + " needs more memory than there is; give Java more with -Xmx", e);
    }

    private static String detail(Throwable e) {
        return e instanceof IOException && e.getMessage() != null ? " (" + e.getMessage() + ")" : "";
    }

    private static ImageType typeOf(byte[] head, String name) throws ImageRefused {
        if (head.length == 0) {
            throw new ImageRefused(Reason.NOT_A_PICTURE, name + " is empty");
        }
        @Nullable ImageType type = ImageType.ofFirstBytes(head);
        if (type != null) {
            return type;
        }
        String other = FirstBytes.describe(head);
        if (!other.isEmpty()) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED, name + " is " + other + ", which is not read; convert it to PNG or JPEG");
        }
        throw new ImageRefused(
                Reason.NOT_A_PICTURE,
                name + " is not a picture: its first bytes are those of no format that is read (PNG, JPEG, BMP, GIF,"
                        + " TIFF)");
    }

    private static byte[] rest(byte[] head, InputStream in, String name, ImageLimits limits) throws IOException {
        int most = (int) Math.min(limits.maxBytes(), Integer.MAX_VALUE - 16);
        byte[] file = new SequenceInputStream(new ByteArrayInputStream(head), in).readNBytes(most + 1);
        if (file.length > most) {
            throw tooManyBytes(name, limits);
        }
        return file;
    }

    private static ImageRefused tooManyBytes(String name, ImageLimits limits) {
        return new ImageRefused(
                Reason.TOO_LARGE, name + " is larger than the limit of " + limits.maxBytes() + " bytes");
    }

    private static DecodedPicture decode(ImageType type, byte[] file, String name, ImageLimits limits)
            throws IOException {
        Header header = switch (type) {
            case PNG -> PngProbe.probe(name, file, limits);
            case JPEG -> JpegProbe.probe(name, file, limits);
            case BMP -> BmpProbe.probe(name, file, limits);
            case GIF -> GifProbe.probe(name, file, limits);
            case TIFF -> TiffProbe.probe(name, file, limits);
        };
        List<String> warnings = new ArrayList<>(header.warnings());
        BufferedImage image = Decoder.decode(name, header, warnings);
        Picture picture = switch (header) {
            case PngHeader png -> PngPixels.picture(name, png, image.getRaster(), warnings);
            case JpegHeader jpeg -> JpegPixels.picture(name, jpeg, image.getRaster(), warnings);
            case OtherHeader other -> OtherPixels.picture(name, other, image);
        };
        ImageMetadata metadata = header.metadata();
        return new DecodedPicture(picture.oriented(metadata.orientation()), type, metadata, warnings);
    }
}
