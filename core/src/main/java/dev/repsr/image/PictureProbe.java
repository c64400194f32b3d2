package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a picture file's header says, found without decoding it.
 *
 * @param type by its first bytes
 * @param format size of the upright picture; channels and depth as far as the header says, else the most that they can be
 * @param bytes size of the file
 */
public record PictureProbe(ImageType type, PictureFormat format, long bytes) {
    private static final int HEAD = 16;

    /**
     * Looks at a picture file.
     *
     * @throws ImageRefused as {@link ImageReader} does for what the header shows already
     */
    public static PictureProbe of(Path file, ImageLimits limits) throws ImageRefused {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, file.toString(), limits);
        } catch (ImageRefused e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ImageRefused(Reason.MISSING, "There is no file " + file, e);
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Looks at a picture in a stream, which is read to its end and left open. */
    public static PictureProbe of(InputStream in, String name, ImageLimits limits) throws ImageRefused {
        try {
            byte[] file = in.readNBytes((int) Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 16));
            @Nullable ImageType type = file.length > limits.maxBytes() ? null : ImageType.ofFirstBytes(file);
            if (type == null) {
                // The reader has the sentence for what is no picture, or too large.
                ImageReader.read(new ByteArrayInputStream(file), name, limits);
                throw new ImageRefused(Reason.NOT_A_PICTURE, name + " is not a picture");
            }
            Header header = switch (type) {
                case PNG -> PngProbe.probe(name, file, limits);
                case JPEG -> JpegProbe.probe(name, file, limits);
                case BMP -> BmpProbe.probe(name, file, limits);
                case GIF -> GifProbe.probe(name, file, limits);
                case TIFF -> TiffProbe.probe(name, file, limits);
            };
            return new PictureProbe(type, format(header), file.length);
        } catch (ImageRefused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ImageRefused(Reason.DAMAGED, name + " is damaged and cannot be read", e);
        }
    }

    private static PictureFormat format(Header header) {
        boolean turned = header.metadata().orientation() >= 5;
        int width = turned ? header.height() : header.width();
        int height = turned ? header.width() : header.height();
        return switch (header) {
            case PngHeader png -> {
                int channels = png.colourType() == 3 ? 3 : PngHeader.samples(png.colourType());
                boolean addsAlpha = png.transparency() != null && channels % 2 == 1;
                yield new PictureFormat(
                        width, height, addsAlpha ? channels + 1 : channels, png.bitDepth() == 16 ? 16 : 8);
            }
            case JpegHeader jpeg -> new PictureFormat(width, height, jpeg.components() == 1 ? 1 : 3, 8);
            case OtherHeader other -> new PictureFormat(width, height, 4, other.type() == ImageType.TIFF ? 16 : 8);
        };
    }

    /** Whether a file begins like a picture of a format that is read; false if it cannot be opened. */
    public static boolean beginsLikePicture(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ImageType.ofFirstBytes(in.readNBytes(HEAD)) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
