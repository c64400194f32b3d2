package dev.repsr.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files whose headers promise 30,000 x 30,000 pixels, in each format, and a program that has them refused. */
final class Bombs {
    static final int SIDE = 30_000;

    private Bombs() {}

    /** Has each bomb refused twice, and prints for each its format, the reason, and the milliseconds of the second time. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<ImageType, byte[]> bomb : all().entrySet()) {
            refusal(bomb.getValue());
            long start = System.nanoTime();
            ImageRefused refused = refusal(bomb.getValue());
            System.out.printf(
                    "%s %s %.3f ms: %s%n",
                    bomb.getKey(), refused.reason(), (System.nanoTime() - start) / 1e6, refused.getMessage());
        }
    }

    private static ImageRefused refusal(byte[] file) {
        try {
            ImageReaderTest.read(file);
        } catch (ImageRefused e) {
            return e;
        }
        throw new IllegalStateException("a bomb was read");
    }

    static Map<ImageType, byte[]> all() throws IOException {
        Map<ImageType, byte[]> bombs = new EnumMap<>(ImageType.class);
        bombs.put(ImageType.PNG, png());
        bombs.put(ImageType.JPEG, jpeg());
        bombs.put(ImageType.TIFF, tiff());
        byte[] gif = small("gif");
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) SIDE)
                .putShort(8, (short) SIDE);
        bombs.put(ImageType.GIF, gif);
        byte[] bmp = small("bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, SIDE).putInt(22, SIDE);
        bombs.put(ImageType.BMP, bmp);
        bombs.put(ImageType.WEBP, webp());
        bombs.put(ImageType.PNM, "P6 30000 30000 255\n".getBytes(StandardCharsets.US_ASCII));
        return bombs;
    }

    private static byte[] small(String format) throws IOException {
        return PictureFiles.encoded(PictureFiles.soft(8, 8, BufferedImage.TYPE_INT_RGB), format);
    }

    /** All of its pixels are there: 900 million of a bit each, in some hundred kilobytes. */
    private static byte[] png() throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated =
                new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
            byte[] row = new byte[1 + SIDE / 8];
            for (int y = 0; y < SIDE; y++) {
                deflated.write(row);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeBytes(PictureFiles.chunk(
                "IHDR",
                ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 1).array()));
        out.writeBytes(PictureFiles.chunk("IDAT", rows.toByteArray()));
        out.writeBytes(PictureFiles.chunk("IEND"));
        return out.toByteArray();
    }

    private static byte[] jpeg() throws IOException {
        byte[] jpeg = small("jpeg");
        int frame = 2;
        while ((jpeg[frame + 1] & 0xFF) != 0xC0) {
            frame += 2 + ByteBuffer.wrap(jpeg).getShort(frame + 2);
        }
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) SIDE).putShort(frame + 7, (short) SIDE);
        return jpeg;
    }

    /** Width and height are the entries 256 and 257 of the directory. */
    private static byte[] tiff() throws IOException {
        byte[] file = small("tiff");
        ByteBuffer tiff = ByteBuffer.wrap(file);
        tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == 256 || tiff.getShort(entry) == 257) {
                tiff.putShort(entry + 2, (short) 4).putInt(entry + 8, SIDE);
            }
        }
        return file;
    }

    /** The canvas of the extended form, before pixels that are not there. */
    private static byte[] webp() {
        ByteBuffer webp = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(22);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        webp.putShort((short) (SIDE - 1)).put((byte) 0);
        webp.putShort((short) (SIDE - 1)).put((byte) 0);
        return webp.array();
    }
}
