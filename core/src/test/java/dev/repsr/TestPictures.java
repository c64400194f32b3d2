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

    /** Writes a picture file that ends in the middle of its pixels, of the type that its name says. */
    public static Path writeTruncated(Path folder, String name) throws IOException {
        ImageType type = ImageType.ofName(name).orElseThrow();
        byte[] bytes = encode(noise(64, 64, 3, 8, 1), type);
        Path file = folder.resolve(name);
        AtomicFile.write(file, out -> out.write(bytes, 0, bytes.length / 2));
        return file;
    }
}
