package dev.repsr.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes WebP (RFC 9649) with the encoder that a plug-in of ImageIO brings; the whole picture is in memory. Metadata is put
 * round what the encoder wrote.
 */
final class WebpEncoder {
    /** Longest side that the format can state. */
    static final int MAX_SIDE = 16_383;

    private static final int PROFILE = 0x20;
    private static final int ALPHA = 0x10;
    private static final int EXIF = 0x08;
    private static final int XMP = 0x04;
    private static final int RIFF = 12;

    private WebpEncoder() {}

    static boolean isThere() {
        return ImageIO.getImageWritersByFormatName("webp").hasNext();
    }

    static void write(PictureRows rows, EncodeOptions options, OutputStream out) throws IOException {
        byte[] file = encoded(image(rows), options.quality());
        out.write(withMetadata(file, rows.format(), options.metadata()));
    }

    private static BufferedImage image(PictureRows rows) throws IOException {
        PictureFormat format = rows.format();
        SampleRows samples = new SampleRows(rows, 8);
        byte[] row = new byte[samples.bytes()];
        int type = format.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(format.width(), format.height(), type);
        int[] pixels = new int[format.width()];
        int channels = format.channels();
        int green = format.colourChannels() == 3 ? 1 : 0;
        for (int y = 0; y < format.height(); y++) {
            samples.read(row, 0);
            for (int x = 0, i = 0; x < pixels.length; x++, i += channels) {
                int alpha = format.hasAlpha() ? row[i + channels - 1] & 0xFF : 255;
                pixels[x] = alpha << 24
                        | (row[i] & 0xFF) << 16
                        | (row[i + green] & 0xFF) << 8
                        | (row[i + 2 * green] & 0xFF);
            }
            image.setRGB(0, y, pixels.length, 1, pixels, 0, pixels.length);
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, int quality) throws IOException {
        WebpLibrary.require();
        javax.imageio.ImageWriter writer =
                ImageIO.getImageWritersByFormatName("webp").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream target = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType("Lossy");
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(target);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The file in the extended form, if there is anything to say. */
    private static byte[] withMetadata(byte[] file, PictureFormat format, ImageMetadata metadata) throws IOException {
        Optional<byte[]> profile = Optional.ofNullable(metadata.profile()).map(IccProfile::bytes);
        Optional<byte[]> exif = Optional.ofNullable(metadata.exif()).map(MetadataBytes::bytes);
        Optional<byte[]> xmp = Optional.ofNullable(metadata.xmp()).map(MetadataBytes::bytes);
        if (profile.isEmpty() && exif.isEmpty() && xmp.isEmpty()) {
            return file;
        }
        if (!Bytes.bigEndian(file).has(8, "WEBP")) {
            throw new IOException("The WebP encoder wrote something else");
        }
        int first = Bytes.bigEndian(file).has(RIFF, "VP8X") ? RIFF + 18 : RIFF;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int flags = (profile.isPresent() ? PROFILE : 0)
                | (format.hasAlpha() ? ALPHA : 0)
                | (exif.isPresent() ? EXIF : 0)
                | (xmp.isPresent() ? XMP : 0);
        chunk(body, "VP8X", extended(flags, format));
        profile.ifPresent(bytes -> chunk(body, "ICCP", bytes));
        body.write(file, first, file.length - first);
        exif.ifPresent(bytes -> chunk(body, "EXIF", bytes));
        xmp.ifPresent(bytes -> chunk(body, "XMP ", bytes));
        ByteBuffer head = ByteBuffer.allocate(RIFF + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + body.size());
        return head.put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(body.toByteArray())
                .array();
    }

    private static byte[] extended(int flags, PictureFormat format) {
        ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(flags);
        int width = format.width() - 1;
        int height = format.height() - 1;
        data.putShort((short) width).put((byte) (width >> 16));
        return data.putShort((short) height).put((byte) (height >> 16)).array();
    }

    private static void chunk(ByteArrayOutputStream target, String name, byte[] data) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        head.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(data.length);
        target.writeBytes(head.array());
        target.writeBytes(data);
        if (data.length % 2 == 1) {
            target.write(0);
        }
    }
}
