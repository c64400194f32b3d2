package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 22;

    /** A coefficient in the middle between two steps may go either way; that and the decoders' rounding. */
    private static final int LEVELS = 4;

    /** Waves of all frequencies; grey or coloured. */
    private static Planes picture(boolean grey) {
        Planes planes = Planes.black(WIDTH, HEIGHT);
        int plane = WIDTH * HEIGHT;
        for (int i = 0; i < planes.values().length; i++) {
            int x = i % WIDTH;
            int y = i % plane / WIDTH;
            int c = grey ? 0 : i / plane;
            planes.values()[i] = (float) (0.5 + 0.3 * Math.sin(0.02 * x * x + c) * Math.cos(0.3 * y - c) + 0.004 * x);
        }
        return planes.round();
    }

    private static Picture toPicture(Planes planes) {
        byte[] samples = new byte[planes.values().length];
        int plane = planes.width() * planes.height();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(planes.values()[i % 3 * plane + i / 3] * 255);
        }
        return Picture.of(new PictureFormat(planes.width(), planes.height(), 3, 8), samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 50, 75, 95})
    void greyBecomesWhatARealFileShows(int quality) throws IOException {
        Planes grey = picture(true);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter.write(
                toPicture(grey).rows(), ImageType.JPEG, EncodeOptions.defaults().withJpegQuality(quality), file);
        Picture expected = ImageReader.read(
                        new ByteArrayInputStream(file.toByteArray()), "test.jpg", ImageLimits.defaults())
                .picture()
                .toRgb8();

        Picture result = toPicture(new Jpeg(quality).apply(grey));

        int most = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            most = Math.max(most, Math.abs(result.sample(x, y, 1) - expected.sample(x, y, 1)));
        }
        assertThat(most).isLessThanOrEqualTo(LEVELS);
        assertThat(result).isNotEqualTo(toPicture(grey));
    }

    @Test
    void lowerQualityIsFurtherFromTheOriginalAndColoursLoseMost() {
        Planes colour = picture(false);
        double before = 0;
        for (int quality : new int[] {95, 75, 50, 25, 5}) {
            double error = error(colour, new Jpeg(quality).apply(colour));
            assertThat(error).isGreaterThan(before);
            before = error;
        }
        assertThat(before).isLessThan(0.2);
        assertThat(error(colour, new Jpeg(95).apply(colour)))
                .isGreaterThan(error(picture(true), new Jpeg(95).apply(picture(true))));
    }

    private static double error(Planes a, Planes b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += Math.abs(a.values()[i] - b.values()[i]);
        }
        return sum / a.values().length;
    }
}
