package dev.repsr;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Pictures for tests. */
public final class TestPictures {
    private TestPictures() {}

    /** Random samples of any kind of picture. */
    public static Picture noise(int width, int height, int channels, int bitDepth, long seed) {
        Random random = new Random(seed);
        PictureFormat format = new PictureFormat(width, height, channels, bitDepth);
        if (bitDepth == 8) {
            byte[] samples = new byte[width * height * channels];
            random.nextBytes(samples);
            return Picture.of(format, samples);
        }
        short[] samples = new short[width * height * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) random.nextInt();
        }
        return Picture.of(format, samples);
    }

    /** The bytes of a picture file. */
    public static byte[] encode(Picture picture, ImageType type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter.write(picture.rows(), type, EncodeOptions.defaults(), bytes);
        return bytes.toByteArray();
    }

    /** Writes a PNG file of 8-bit RGB noise. */
    public static Path writePng(Path folder, String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = encode(noise(width, height, 3, 8, 1), ImageType.PNG);
        AtomicFile.write(file, out -> out.write(bytes));
        return file;
    }

    /** Soft coloured shapes on a gradient, as a photograph has them: RGB of 8 bits. */
    public static Picture scene(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double wave = Math.sin(x * 0.31) * Math.cos(y * 0.17);
                boolean inside = Math.floorMod(x + y / 3, 17) < 7 && Math.floorMod(y, 23) < 14;
                int i = 3 * (y * width + x);
                samples[i] = (byte) Math.round(120 + 60 * wave + (inside ? 40 : 0));
                samples[i + 1] = (byte) Math.round(100 + 50.0 * x / width - 30 * wave);
                samples[i + 2] = (byte) Math.round(60 + 60.0 * y / height + (inside ? 0 : 30));
            }
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }

    /** Writes {@link #scene} as a PNG file. */
    public static Path writeScene(Path folder, String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = encode(scene(width, height), ImageType.PNG);
        AtomicFile.write(file, out -> out.write(bytes));
        return file;
    }

    /** Writes a picture file that ends in the middle of its pixels, of the type that its name says. */
    public static Path writeTruncated(Path folder, String name) throws IOException {
        ImageType type = ImageType.ofName(name).orElseThrow();
        byte[] bytes = encode(noise(64, 64, 3, 8, 1), type);
        Path file = folder.resolve(name);
        AtomicFile.write(file, out -> out.write(bytes, 0, bytes.length / 2));
        return file;
    }
}
