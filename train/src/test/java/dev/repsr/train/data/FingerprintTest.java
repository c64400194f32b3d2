package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.Bicubic;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    /** A few soft blobs of random colours: what a photograph is from far away. */
    static Picture scene(long seed, int width, int height) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] blobs = new double[12][];
        Arrays.setAll(blobs, i -> random.doubles(6).toArray());
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            double x = (double) (i / 3 % width) / width;
            int row = i / 3 / width;
            double y = (double) row / height;
            double sum = 0;
            for (double[] blob : blobs) {
                double near = Math.exp(-20 * (Math.pow(x - blob[0], 2) + Math.pow(y - blob[1], 2)));
                sum += near * (blob[2 + i % 3] - 0.4);
            }
            samples[i] = (byte) Math.round(Math.clamp(128 + 160 * sum, 0, 255));
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }

    @Test
    void theSamePictureIsRecognisedSmallerBrighterAndCompressed() throws IOException {
        Picture scene = scene(1, 200, 150);
        Fingerprint print = Fingerprint.of(scene);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageWriter.write(scene.rows(), ImageType.JPEG, EncodeOptions.defaults().withJpegQuality(20), jpeg);
        Picture compressed = ImageReader.read(
                        new ByteArrayInputStream(jpeg.toByteArray()), "scene.jpg", ImageLimits.defaults())
                .picture();

        assertThat(Fingerprint.of(Bicubic.resize(scene, 70, 50)).matches(print)).isTrue();
        assertThat(Fingerprint.of(Bicubic.resize(scene, 20, 14)).matches(print)).isTrue();
        assertThat(Fingerprint.of(compressed).matches(print)).isTrue();
        assertThat(Fingerprint.of(brighter(scene)).matches(print)).isTrue();
    }

    private static Picture brighter(Picture picture) {
        byte[] samples = new byte[3 * picture.width() * picture.height()];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % picture.width();
            samples[i] = (byte) (40 + picture.sample(x, i / 3 / picture.width(), i % 3) * 0.75);
        }
        return Picture.of(picture.format(), samples);
    }

    @Test
    void differentPicturesAreNot() {
        Fingerprint[] prints = new Fingerprint[60];
        Arrays.setAll(prints, i -> Fingerprint.of(scene(i, 64, 48)));
        for (int i = 0; i < prints.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(prints[i].matches(prints[j])).as("%d and %d", i, j).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void turnedAndMirroredPicturesAreFoundAmongTheOrientations(int orientation) {
        Picture scene = scene(3, 96, 96);
        byte[] samples = new byte[3 * 96 * 96];
        for (int i = 0; i < samples.length; i++) {
            int source = Orientation.source(orientation, i / 3 % 96, i / 3 / 96, 96);
            samples[i] = (byte) scene.sample(source % 96, source / 96, i % 3);
        }
        Fingerprint turned = Fingerprint.of(Picture.of(scene.format(), samples));

        assertThat(Arrays.stream(Fingerprint.of(scene).orientations()).filter(print -> print.matches(turned)))
                .hasSize(1);
    }

    @Test
    void flatPicturesLookLikeNothing() {
        Fingerprint flat = Fingerprint.of(Picture.of(new PictureFormat(40, 40, 3, 8), new byte[4800]));
        assertThat(flat.matches(flat)).isFalse();
    }
}
