package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a picture file's header says, found without decoding it.
 *
 * @param type by its first bytes; PNG, which holds all of it, of a picture in memory
 * @param format size of the upright picture; channels and depth as far as the header says, else the most that they can be
 * @param bytes size of the file, or of the samples
 * @param memory what reading it takes
 */
public record PictureProbe(ImageType type, PictureFormat format, long bytes, ReadingMemory memory) {
    private static final int HEAD = 16;
    /** Where a PNG states its width. */
    private static final int PNG_SIZE = 16;

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
        return of(ImageReader.readAll(in, name, limits), name, limits);
    }

    /**
     * As {@link #of(Path, ImageLimits)}, of a picture in memory; reading it takes what a copy takes.
     *
     * @throws ImageRefused if it is beyond a limit
     * @throws IllegalArgumentException if its samples are of a kind that is not read ({@link BufferedImages#format})
     */
    public static PictureProbe of(BufferedImage image, String name, ImageLimits limits) throws ImageRefused {
        PictureFormat format = BufferedImages.format(image);
        limits.checkInput(name, format.width(), format.height());
        return new PictureProbe(ImageType.PNG, format, format.bytes(), ReadingMemory.ofCopy(format));
    }

    /** As {@link #of(Path, ImageLimits)}, of a file's bytes. */
    public static PictureProbe of(byte[] file, String name, ImageLimits limits) throws ImageRefused {
        if (file.length > limits.maxBytes()) {
            throw ImageReader.tooManyBytes(name, limits);
        }
        try {
            @Nullable ImageType type = ImageType.ofFirstBytes(file);
            if (type == null) {
                // The reader has the sentence for what is no picture, and converts the rest.
                return converted(file, name, limits);
            }
            Header header = ImageReader.probe(type, file, name, limits);
            return new PictureProbe(type, format(header), file.length, ReadingMemory.of(header, file.length));
        } catch (RuntimeException e) {
            throw new ImageRefused(Reason.DAMAGED, name + " is damaged and cannot be read", e);
        } catch (OutOfMemoryError e) {
            throw DecodeBorder.tooLittleMemory(name, e);
        }
    }

    private static PictureProbe converted(byte[] file, String name, ImageLimits limits) throws ImageRefused {
        try (PictureSource source = ImageReader.open(file, name, ReadOptions.of(limits))) {
            return new PictureProbe(source.type(), source.format(), file.length, source.memory());
        }
    }

    private static PictureFormat format(Header header) {
        boolean turned = header.metadata().orientation() >= 5;
        int width = turned ? header.height() : header.width();
        int height = turned ? header.width() : header.height();
        return switch (header) {
            case PngHeader png -> PngPixels.format(png).resized(width, height);
            case JpegHeader jpeg -> new PictureFormat(width, height, jpeg.components() == 1 ? 1 : 3, 8);
            case TiffHeader tiff -> TiffPixels.of(tiff).format().resized(width, height);
            case PnmHeader pnm -> pnm.format();
            case GifHeader gif -> new PictureFormat(width, height, 4, 8);
            case OtherHeader other -> new PictureFormat(width, height, other.channels(), other.bitDepth());
        };
    }

    /**
     * How many pixels a picture seems to have, for sharing out work: what its first bytes say, else an estimate by its size. Nothing is
     * checked, and who sent it may have lied.
     *
     * @param beginning the first bytes, or all of them
     * @param bytes size of the file
     * @return 0 if it begins like no picture
     */
    public static long pixelsByBeginning(byte[] beginning, long bytes) {
        ImageType type = ImageType.ofFirstBytes(beginning);
        if (type == null) {
            return ConvertedType.ofFirstBytes(beginning) == null ? 0 : bytes;
        }
        if (type == ImageType.PNG && beginning.length >= PNG_SIZE + 8) {
            // The one format whose probe wants the whole file.
            Bytes header = Bytes.bigEndian(beginning);
            return header.u32(PNG_SIZE) * header.u32(PNG_SIZE + 4);
        }
        try {
            PictureFormat format = of(beginning, "", ImageLimits.defaults()).format();
            return (long) format.width() * format.height();
        } catch (ImageRefused e) {
            return bytes;
        }
    }

    /** Whether bytes begin like a picture of a format that is read. */
    public static boolean beginsLikePicture(byte[] beginning) {
        return ImageType.ofFirstBytes(beginning) != null || ConvertedType.ofFirstBytes(beginning) != null;
    }

    /** Whether a file begins like a picture of a format that is read; false if it cannot be opened. */
    public static boolean beginsLikePicture(Path file) {
        return beginsLikePicture(head(file));
    }

    /** Whether a file begins like a picture that this library reads itself; false if it cannot be opened. */
    public static boolean needsNoOtherProgram(Path file) {
        return ImageType.ofFirstBytes(head(file)) != null;
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
