package dev.repsr.image;

import dev.repsr.TestPictures;
import dev.repsr.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.jspecify.annotations.Nullable;

/** One sound picture file of each format, kind of pixels, way of storing them, and turn. */
public final class PictureLayouts {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final int[] TURNS = {1, 3, 6};
    /** Colour type and bits of a PNG. */
    private static final int[][] PNG_KINDS = {
        {0, 1}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 2}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}
    };
    /** First column, first row, columns apart, rows apart of Adam7's passes. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private PictureLayouts() {}

    /** The bytes of all files of one size, by their names. */
    public static Map<String, byte[]> all(int width, int height) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        pngs(files, width, height);
        jpegs(files, width, height);
        tiffs(files, width, height);
        others(files, width, height);
        return files;
    }

    /** Writes {@link #all} into a folder. */
    public static void write(Path folder, int width, int height) throws IOException {
        for (Map.Entry<String, byte[]> file : all(width, height).entrySet()) {
            AtomicFile.write(folder.resolve(file.getKey()), out -> out.write(file.getValue()));
        }
    }

    private static void pngs(Map<String, byte[]> files, int width, int height) {
        for (int[] kind : PNG_KINDS) {
            for (int interlace = 0; interlace < 2; interlace++) {
                for (int turn : TURNS) {
                    String name = "png-" + kind[0] + "-" + kind[1] + (interlace == 1 ? "-interlaced-" : "-plain-");
                    files.put(name + turn + ".png", png(width, height, kind, interlace, false, turn));
                    if (kind[0] < 4) {
                        files.put(name + "trns-" + turn + ".png", png(width, height, kind, interlace, true, turn));
                    }
                }
            }
        }
    }

    private static byte[] png(int width, int height, int[] kind, int interlace, boolean transparent, int turn) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) kind[1]).put((byte) kind[0]).put(12, (byte) interlace);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.writeBytes(PictureFiles.chunk("IHDR", header.array()));
        out.writeBytes(PictureFiles.chunk("eXIf", Arrays.copyOfRange(PictureFiles.exif(turn), 10, 36)));
        if (kind[0] == 3) {
            byte[] palette = new byte[3 << kind[1]];
            for (int i = 0; i < palette.length; i++) {
                palette[i] = (byte) (i * 37);
            }
            out.writeBytes(PictureFiles.chunk("PLTE", palette));
        }
        if (transparent) {
            out.writeBytes(PictureFiles.chunk("tRNS", new byte[kind[0] == 2 ? 6 : 2]));
        }
        out.writeBytes(PictureFiles.chunk("IDAT", PictureFiles.deflated(lines(width, height, kind, interlace))));
        out.writeBytes(PictureFiles.chunk("IEND"));
        return out.toByteArray();
    }

    private static byte[] lines(int width, int height, int[] kind, int interlace) {
        int bits = kind[1] * PngHeader.samples(kind[0]);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int[] pass : interlace == 1 ? PASSES : new int[][] {{0, 0, 1, 1}}) {
            int columns = Math.ceilDiv(width - pass[0], pass[2]);
            for (int y = pass[1]; y < height && columns > 0; y += pass[3]) {
                byte[] line = new byte[1 + Math.ceilDiv(columns * bits, 8)];
                for (int i = 1; i < line.length; i++) {
                    line[i] = (byte) (i / 3 + y);
                }
                lines.writeBytes(line);
            }
        }
        return lines.toByteArray();
    }

    private static void jpegs(Map<String, byte[]> files, int width, int height) throws IOException {
        for (int turn : TURNS) {
            byte[] exif = PictureFiles.exif(turn);
            byte[] grey = jdk(soft(width, height, BufferedImage.TYPE_BYTE_GRAY), "jpeg", null, false);
            files.put("jpeg-grey-" + turn + ".jpg", PictureFiles.withSegments(grey, exif));
            byte[] rgb = jdk(soft(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpeg", null, false);
            files.put("jpeg-rgb-" + turn + ".jpg", PictureFiles.withSegments(rgb, exif));
            files.put("jpeg-cmyk-" + turn + ".jpg", PictureFiles.withSegments(inks(width, height), exif));
        }
    }

    private static BufferedImage soft(int width, int height, int type) {
        return PictureFiles.soft(width, height, type);
    }

    private static byte[] inks(int width, int height) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            Raster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        writer.dispose();
        return out.toByteArray();
    }

    private static void tiffs(Map<String, byte[]> files, int width, int height) throws IOException {
        for (int turn : TURNS) {
            for (int channels = 1; channels <= 4; channels++) {
                for (int bits = 8; bits <= 16; bits += 8) {
                    byte[] own = TestPictures.encode(smooth(width, height, channels, bits), ImageType.TIFF);
                    files.put("tiff-" + channels + "-" + bits + "-" + turn + ".tif", turned(own, turn));
                }
            }
        }
        BufferedImage rgb = soft(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (String compression : List.of("LZW", "ZLib", "PackBits")) {
            files.put("tiff-strips-" + compression + ".tif", jdk(rgb, "tiff", compression, false));
            files.put("tiff-tiles-" + compression + ".tif", jdk(rgb, "tiff", compression, true));
        }
        BufferedImage bilevel = soft(width, height, BufferedImage.TYPE_BYTE_BINARY);
        files.put("tiff-bilevel.tif", jdk(bilevel, "tiff", "PackBits", false));
        files.put("tiff-fax.tif", jdk(bilevel, "tiff", "CCITT T.6", false));
    }

    /** With another orientation in the tag that our encoder writes. */
    private static byte[] turned(byte[] tiff, int turn) {
        ByteBuffer file = ByteBuffer.wrap(tiff).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int directory = file.getInt(4);
        for (int i = 0; i < file.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (file.getShort(entry) == 0x0112) {
                file.putShort(entry + 8, (short) turn);
            }
        }
        return tiff;
    }

    private static void others(Map<String, byte[]> files, int width, int height) throws IOException {
        for (int type : new int[] {
            BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_USHORT_555_RGB
        }) {
            files.put("bmp-" + type + ".bmp", jdk(soft(width, height, type), "bmp", null, false));
        }
        files.put("gif-still.gif", TestPictures.encode(smooth(width, height, 4, 8), ImageType.GIF));
        byte[] moving = animation(width, height);
        files.put("gif-moving.gif", moving.clone());
        files.put("gif-going-back.gif", goingBack(moving));
        files.put("pnm-grey.pgm", pnm("P5 " + width + " " + height + " 255\n", width * height));
        files.put("pnm-rgb.ppm", pnm("P6 " + width + " " + height + " 255\n", 3 * width * height));
        files.put("pnm-deep.ppm", pnm("P6 " + width + " " + height + " 65535\n", 6 * width * height));
        files.put("pnm-bits.pbm", pnm("P4 " + width + " " + height + "\n", (width + 7) / 8 * height));
        for (int channels = 3; channels <= 4; channels++) {
            for (int turn : TURNS) {
                MetadataBytes exif = new MetadataBytes(Arrays.copyOfRange(PictureFiles.exif(turn), 10, 36));
                ImageMetadata metadata = new ImageMetadata(null, null, turn, exif, null, null);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                PictureRows rows = smooth(width, height, channels, 8).rows();
                ImageWriter.write(rows, ImageType.WEBP, new EncodeOptions(90, metadata), out);
                files.put("webp-" + channels + "-" + turn + ".webp", out.toByteArray());
            }
        }
    }

    private static byte[] pnm(String head, int length) {
        byte[] begins = head.getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(begins, begins.length + length);
        for (int i = begins.length; i < file.length; i++) {
            file[i] = (byte) (i / 5);
        }
        return file;
    }

    private static Picture smooth(int width, int height, int channels, int bits) {
        return Pictures.smooth(new PictureFormat(width, height, channels, bits));
    }

    private static byte[] animation(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Picture frame = smooth(width, height, 3, 8);
        ImageWriter.writeAnimation(GifTest.frames(List.of(frame, frame.oriented(3), frame)), out);
        return out.toByteArray();
    }

    /** Has every frame taken away again before the next one. */
    private static byte[] goingBack(byte[] gif) {
        for (int i = 0; i + 3 < gif.length; i++) {
            if (gif[i] == 0x21 && (gif[i + 1] & 0xFF) == 0xF9 && gif[i + 2] == 4) {
                gif[i + 3] = (byte) ((gif[i + 3] & ~0x1C) | (3 << 2));
            }
        }
        return gif;
    }

    private static byte[] jdk(BufferedImage image, String format, @Nullable String compression, boolean tiled)
            throws IOException {
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        if (compression != null) {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(compression);
        }
        if (tiled) {
            how.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            how.setTiling(32, 16, 0, 0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        }
        writer.dispose();
        return out.toByteArray();
    }
}
