package dev.repsr.bench;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/**
 * What a small picture suffers before it is enlarged: white noise, then JPEG.
 *
 * @param sigma standard deviation of Gaussian noise in each colour, in levels of 8 bits; 0 for none
 * @param quality of JPEG as libjpeg counts, 1 to 100; {@link #NO_JPEG} for none
 */
record Flaws(int sigma, int quality) {
    /** Stands for a picture that is not compressed. */
    static final int NO_JPEG = 0;

    /** The picture with these flaws; RGB of 8 bits, the same for the same seed. */
    Picture spoil(Picture picture, long seed) throws IOException {
        Picture noisy = sigma == 0 ? picture : noisy(picture, new Random(seed));
        return quality == NO_JPEG ? noisy : compressed(noisy);
    }

    private Picture noisy(Picture picture, Random random) {
        byte[] samples = new byte[3 * picture.width() * picture.height()];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / 3;
            int value = picture.sample(pixel % picture.width(), pixel / picture.width(), i % 3);
            samples[i] = (byte) Math.clamp(Math.round(value + sigma * random.nextGaussian()), 0, 255);
        }
        return Picture.of(picture.format(), samples);
    }

    private Picture compressed(Picture picture) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter.write(
                picture.rows(), ImageType.JPEG, EncodeOptions.defaults().withJpegQuality(quality), file);
        return ImageReader.read(new ByteArrayInputStream(file.toByteArray()), "a JPEG", ImageLimits.defaults())
                .picture()
                .toRgb8();
    }

    /** As a row's first two cells. */
    String cells() {
        return (quality == NO_JPEG ? "none" : Integer.toString(quality)) + " | " + sigma;
    }
}
