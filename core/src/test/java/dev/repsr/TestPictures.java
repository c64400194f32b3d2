package dev.repsr;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Writes a PNG file that ends in the middle of its pixels. */
    public static Path writeTruncatedPng(Path folder, String name) throws IOException {
        Path whole = writePng(folder, name, 64, 64);
        byte[] bytes = Files.readAllBytes(whole);
        AtomicFile.write(whole, out -> out.write(bytes, 0, bytes.length / 2));
        return whole;
    }
}
