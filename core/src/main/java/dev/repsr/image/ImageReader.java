package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The one door for pictures from outside. A file is known by its first bytes, never by its name; its structure is looked
 * at within bounds and compared with the limits; only then a decoder runs, and nothing but {@link ImageRefused} leaves.
 * Sample values are those of the file: no colour management.
 */
public final class ImageReader {
    private static final int HEAD = 16;
    private static final byte[] PNG_BEGINS = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private ImageReader() {}

    /** Reads a picture file. */
    public static DecodedPicture read(Path file, ImageLimits limits) throws ImageRefused {
        return decoded(open(file, ReadOptions.of(limits)));
    }

    /**
     * Reads a picture from a stream, to its end.
     *
     * @param in stays open
     * @param name what messages call the picture
     */
    public static DecodedPicture read(InputStream in, String name, ImageLimits limits) throws ImageRefused {
        return decoded(open(in, name, ReadOptions.of(limits)));
    }

    private static DecodedPicture decoded(PictureSource opened) throws ImageRefused {
        try (PictureSource source = opened) {
            Picture picture = source.picture();
            return new DecodedPicture(picture, source.type(), source.metadata(), source.warnings());
        }
    }

    /**
     * Looks at a picture file, and decodes it where it cannot be read row by row.
     *
     * @throws ImageRefused if it is missing, damaged, no picture or beyond a limit
     */
    public static PictureSource open(Path file, ReadOptions options) throws ImageRefused {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new ImageRefused(Reason.NOT_A_PICTURE, name + " is a folder, not a picture");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > options.limits().maxBytes()) {
                throw tooManyBytes(name, options.limits());
            }
            return open(in, name, options);
        } catch (ImageRefused e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ImageRefused(Reason.MISSING, "There is no file " + name, e);
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #open(Path, ReadOptions)}, from a stream that is read to its end.
     *
     * @param in stays open
     * @param name what messages call the picture
     */
    public static PictureSource open(InputStream in, String name, ReadOptions options) throws ImageRefused {
        Deadline deadline = Deadline.in(options.time());
        return open(readAll(in, name, options.limits()), name, options, deadline);
    }

    /**
     * As {@link #open(Path, ReadOptions)}, of a file's bytes.
     *
     * @param file is not copied: it must not be changed before the picture is closed
     * @param name what messages call the picture
     */
    public static PictureSource open(byte[] file, String name, ReadOptions options) throws ImageRefused {
        if (file.length > options.limits().maxBytes()) {
            throw tooManyBytes(name, options.limits());
        }
        return open(file, name, options, Deadline.in(options.time()));
    }

    /**
     * As {@link #open(Path, ReadOptions)}, of a picture in memory, which is copied.
     *
     * @param name what messages call the picture
     * @throws IllegalArgumentException if its samples are of a kind that is not read ({@link BufferedImages#format})
     */
    public static PictureSource open(BufferedImage image, String name, ReadOptions options) throws ImageRefused {
        PictureProbe probe = PictureProbe.of(image, name, options.limits());
        checkMemory(probe.memory(), name, options);
        try {
            return BufferedImages.source(image, name);
        } catch (OutOfMemoryError e) {
            throw DecodeBorder.tooLittleMemory(name, e);
        }
    }

    private static PictureSource open(byte[] file, String name, ReadOptions options, Deadline deadline)
            throws ImageRefused {
        byte[] head = Arrays.copyOf(file, Math.min(HEAD, file.length));
        @Nullable ConvertedType converted = ConvertedType.ofFirstBytes(head);
        return converted != null
                ? DecodeBorder.within(name, () -> converted(converted, file, name, options, deadline))
                : open(typeOf(head, name), file, name, options, deadline);
    }

    /**
     * All bytes of a picture file, which is not looked at any further than its first bytes.
     *
     * @param in stays open
     * @param name what messages call the picture
     * @throws ImageRefused if it begins like no picture, has too many bytes, or cannot be read
     */
    public static byte[] readAll(InputStream in, String name, ImageLimits limits) throws ImageRefused {
        try {
            byte[] head = in.readNBytes(HEAD);
            if (ConvertedType.ofFirstBytes(head) == null) {
                typeOf(head, name);
            }
            return rest(head, in, name, limits);
        } catch (ImageRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw DecodeBorder.tooLittleMemory(name, e);
        }
    }

    private static PictureSource converted(
            ConvertedType type, byte[] file, String name, ReadOptions options, Deadline deadline) throws IOException {
        PictureConverter converter = ServiceLoader.load(PictureConverter.class)
                .findFirst()
                .orElseThrow(() -> new ImageRefused(
                        Reason.UNSUPPORTED,
                        name + " is " + (type == ConvertedType.AVIF ? "an " : "a ") + type.title()
                                + " picture, which is not read; convert it to PNG or JPEG"));
        ContainerFacts facts = ContainerFacts.of(type, file);
        PictureConverter.Converted made = converter.toPng(
                name, type, facts.shown(type, file), options.limits().maxBytes(), options.time());
        byte[] png = made.png();
        if (!Arrays.equals(PNG_BEGINS, Arrays.copyOf(png, PNG_BEGINS.length))) {
            throw new ImageRefused(Reason.DAMAGED, name + " was not converted to a PNG; it may be damaged");
        }
        PngHeader header = PngProbe.probe(name, png, options.limits());
        return decoding(facts.described(name, type, header, made.warnings()), png, name, options, deadline);
    }

    private static ImageType typeOf(byte[] head, String name) throws ImageRefused {
        if (head.length == 0) {
            throw new ImageRefused(Reason.NOT_A_PICTURE, name + " is empty");
        }
        @Nullable ImageType type = ImageType.ofFirstBytes(head);
        if (type == null && RawPhotograph.begins(head)) {
            throw RawPhotograph.refusal(name);
        }
        if (type == null) {
            throw new ImageRefused(
                    Reason.NOT_A_PICTURE,
                    name + " is not a picture: its first bytes are those of no format that is read (PNG, JPEG, WebP,"
                            + " TIFF, GIF, BMP, PNM)");
        }
        return type;
    }

    /** All bytes of a file that begins with {@code head}. */
    static byte[] rest(byte[] head, InputStream in, String name, ImageLimits limits) throws IOException {
        int most = (int) Math.min(limits.maxBytes(), Integer.MAX_VALUE - 16);
        // A file is read into an array of its size: one that grows is there twice for a moment.
        byte[] file =
                Arrays.copyOf(head, (int) Math.max(head.length, Math.min(most, head.length + (long) in.available())));
        int length = head.length + in.readNBytes(file, head.length, file.length - head.length);
        byte[] more = in.readNBytes(Math.max(0, most + 1 - length));
        if (length + more.length > most) {
            throw tooManyBytes(name, limits);
        }
        if (more.length > 0 || length < file.length) {
            file = Arrays.copyOf(file, length + more.length);
            System.arraycopy(more, 0, file, length, more.length);
        }
        return file;
    }

    static ImageRefused tooManyBytes(String name, ImageLimits limits) {
        return new ImageRefused(
                Limit.FILE_BYTES,
                name + " is larger than the limit of " + limits.maxBytes()
                        + " bytes; raise the limit if the picture is trusted");
    }

    /** All of the way but the look at the first bytes. */
    static PictureSource open(ImageType type, byte[] file, String name, ReadOptions options, Deadline deadline)
            throws ImageRefused {
        return DecodeBorder.within(
                name, () -> decoding(probe(type, file, name, options.limits()), file, name, options, deadline));
    }

    private static PictureSource decoding(
            Header header, byte[] file, String name, ReadOptions options, Deadline deadline) throws IOException {
        List<String> warnings = new ArrayList<>(header.warnings());
        ReadingMemory memory = ReadingMemory.of(header, file.length);
        checkMemory(memory, name, options);
        if (header instanceof ForeignHeader foreign) {
            Picture picture = Decoder.picture(name, foreign, file, options, deadline, warnings);
            Picture upright = picture.oriented(header.metadata().orientation());
            return PictureSource.decoded(upright, header, warnings, memory, null);
        }
        if (header instanceof GifHeader gif) {
            return gif(name, gif, options.limits(), warnings, memory);
        }
        StoredRows rows = new StoredRows(name, samples(name, header, warnings), deadline);
        int orientation = header.metadata().orientation();
        if (orientation == 1) {
            return PictureSource.streaming(
                    rows,
                    () -> new StoredRows(name, samples(name, header, new ArrayList<>()), deadline),
                    header,
                    warnings,
                    memory);
        }
        try (rows) {
            return PictureSource.decoded(rows.picture(orientation), header, warnings, memory, null);
        }
    }

    /** What the file is, by a bounded look at its structure. */
    static Header probe(ImageType type, byte[] file, String name, ImageLimits limits) throws ImageRefused {
        return switch (type) {
            case PNG -> PngProbe.probe(name, file, limits);
            case JPEG -> JpegProbe.probe(name, file, limits);
            case BMP -> BmpProbe.probe(name, file, limits);
            case GIF -> GifProbe.probe(name, file, limits);
            case TIFF -> TiffProbe.probe(name, file, limits);
            case WEBP -> WebpProbe.probe(name, file, limits);
            case PNM -> PnmProbe.probe(name, file, limits);
        };
    }

    private static StoredSamples samples(String name, Header header, List<String> warnings) {
        return switch (header) {
            case PngHeader png -> new PngSamples(name, png, warnings);
            case TiffHeader tiff -> new TiffSamples(tiff);
            case PnmHeader pnm -> new PnmSamples(pnm);
            case GifHeader gif -> throw new IllegalStateException("a GIF is drawn on a canvas");
            case ForeignHeader foreign -> throw new IllegalStateException(foreign.type() + " has a decoder of its own");
        };
    }

    private static PictureSource gif(
            String name, GifHeader header, ImageLimits limits, List<String> warnings, ReadingMemory memory)
            throws IOException {
        int[] canvas = new GifCanvas(name, header, warnings).draw();
        Picture first = GifCanvas.picture(canvas, header.width(), header.height(), 1);
        int count = header.frames().size();
        if (count == 1) {
            return PictureSource.decoded(first, header, warnings, memory, null);
        }
        long pixels = (long) header.width() * header.height() * count;
        if (pixels > limits.maxOutputPixels()) {
            throw new ImageRefused(
                    Limit.PIXELS,
                    name + " has " + count + " frames of " + header.width() + "x" + header.height()
                            + " pixels, more than the limit of " + limits.maxOutputPixels()
                            + " in all; raise the limit if the picture is trusted");
        }
        return PictureSource.decoded(first, header, warnings, memory, new GifFrames(name, header, warnings));
    }

    private static void checkMemory(ReadingMemory memory, String name, ReadOptions options) throws ImageRefused {
        long needed = memory.peakBytes();
        if (needed > options.memoryBytes()) {
            throw new ImageRefused(
                    Limit.MEMORY,
                    name + " needs " + Math.ceilDiv(needed, 1L << 20) + " MiB of memory to be read, and "
                            + Math.ceilDiv(options.memoryBytes(), 1L << 20) + " MiB are allowed; allow more");
        }
    }
}
