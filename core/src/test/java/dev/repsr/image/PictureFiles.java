package dev.repsr.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Picture files made by hand or by ImageIO, sound and broken, for tests of the reader. */
public final class PictureFiles {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private PictureFiles() {}

    /** A PNG of the given kind whose rows, filter bytes included, are {@code rows}; {@code extra} stands before the pixels. */
    public static byte[] png(int width, int height, int bitDepth, int colourType, byte[] rows, byte[]... extra) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bitDepth).put((byte) colourType);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.writeBytes(chunk("IHDR", header.array()));
        for (byte[] chunk : extra) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", deflated(rows)));
        out.writeBytes(chunk("IEND"));
        return out.toByteArray();
    }

    /** A chunk of a PNG. */
    public static byte[] chunk(String type, byte... data) {
        ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, data.length + 4);
        return chunk.putInt((int) crc.getValue()).array();
    }

    static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] buffer = new byte[data.length + 100];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A colour profile that is nothing but a header for these colours ("RGB ", "GRAY") and arbitrary bytes. */
    static byte[] profile(String colours, int length) {
        byte[] profile = new byte[length];
        new Random(length).nextBytes(profile);
        ByteBuffer.wrap(profile)
                .putInt(0, length)
                .put(16, colours.getBytes(StandardCharsets.US_ASCII))
                .put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
        return profile;
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no encoder for " + format);
        }
        return out.toByteArray();
    }

    /** A soft picture, so that JPEG keeps it nearly as it is. */
    static BufferedImage soft(int width, int height, int imageType) {
        BufferedImage image = new BufferedImage(width, height, imageType);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, (40 + 3 * x + 2 * y + 30 * band) % 200);
                }
            }
        }
        return image;
    }

    /** A JPEG segment with its marker. */
    static byte[] segment(int marker, byte[] data) {
        return ByteBuffer.allocate(data.length + 4)
                .putShort((short) marker)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
    }

    /** The EXIF segment that states an orientation. */
    static byte[] exif(int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(32).put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
        exif.putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return segment(0xFFE1, exif.array());
    }

    /** {@code jpeg} with segments put in behind its start mark. */
    static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (byte[] segment : segments) {
            out.writeBytes(segment);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** {@code jpeg}, as ImageIO writes it, without its JFIF segment. */
    static byte[] withoutJfif(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(jpeg, 20, jpeg.length - 20);
        return out.toByteArray();
    }
}
