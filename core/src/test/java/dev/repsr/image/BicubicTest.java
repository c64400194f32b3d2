package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BicubicTest {

    @ParameterizedTest
    @CsvSource({"7, 5", "23, 17", "40, 9", "1, 1", "60, 80"})
    void constantPictureStaysConstant(int width, int height) {
        byte[] samples = new byte[23 * 17 * 3];
        Arrays.fill(samples, (byte) 201);

        Picture resized = Bicubic.resize(Picture.of(new PictureFormat(23, 17, 3, 8), samples), width, height);

        assertThat(resized.format()).isEqualTo(new PictureFormat(width, height, 3, 8));
        byte[] expected = new byte[width * height * 3];
        Arrays.fill(expected, (byte) 201);
        assertThat(resized).isEqualTo(Picture.of(resized.format(), expected));
    }

    /** The widened kernel has the weights .43359375, .11328125, -.03515625, -.01171875 on each side. */
    @Test
    void halvingUsesTheWidenedKernel() {
        Picture row = row(16, x -> x == 6 ? 200 : 50);

        assertThat(samples(Bicubic.resize(row, 8, 1))).containsExactly(50, 48, 67, 115, 45, 50, 50, 50);
    }

    /** The kernel has the weights .8671875, .2265625, -.0703125, -.0234375 at distances of .25 to 1.75. */
    @Test
    void doublingUsesTheKernel() {
        Picture row = row(6, x -> x == 3 ? 250 : 50);

        assertThat(samples(Bicubic.resize(row, 12, 1)))
                .containsExactly(50, 50, 50, 45, 36, 95, 223, 223, 95, 36, 45, 50);
    }

    /** At the left end the sample counts twice, as itself and as its mirror image: 1.09375, .796875, .203125, -.0703125, -.0234375. */
    @Test
    void bordersAreMirrored() {
        Picture row = row(6, x -> x == 0 ? 150 : 50);

        assertThat(samples(Bicubic.resize(row, 12, 1))).startsWith(159, 130, 70, 43, 48, 50);
    }

    @Test
    void rampStaysARampAwayFromTheBorders() {
        Picture row = row(20, x -> 8 * x + 10);

        int[] enlarged = samples(Bicubic.resize(row, 40, 1));

        for (int x = 4; x < 36; x++) {
            assertThat(enlarged[x]).isEqualTo(4 * x + 8);
        }
    }

    @Test
    void columnsAreTreatedAsRowsAre() {
        Picture picture = Pictures.random(new PictureFormat(21, 21, 2, 8), 5);

        Picture a = Bicubic.resize(picture.oriented(5), 13, 13);
        Picture b = Bicubic.resize(picture, 13, 13).oriented(5);

        assertThat(a).isEqualTo(b);
    }

    @ParameterizedTest
    @CsvSource({"31, 40", "40, 31", "9, 100", "100, 9"})
    void orderOfTheDimensionsDoesNotShow(int width, int height) {
        Picture picture = Pictures.random(new PictureFormat(33, 27, 3, 16), 6);

        Picture across = Bicubic.resize(picture, width, height);
        Picture down = Bicubic.resize(picture.oriented(5), height, width).oriented(5);

        assertThat(across).isEqualTo(down);
    }

    @ParameterizedTest
    @MethodSource("dev.repsr.image.Pictures#kinds")
    void everyKindOfPictureCanBeResized(PictureFormat format) {
        Picture picture = Pictures.random(format, 7);

        assertThat(Bicubic.reduce(picture, 1)).isEqualTo(picture);
        assertThat(Bicubic.enlarge(picture, 3).format()).isEqualTo(format.resized(111, 69));
        assertThat(Bicubic.reduce(picture, 2).format()).isEqualTo(format.resized(19, 12));
    }

    @Test
    void overshootIsClampedNotWrapped() {
        Picture row = row(8, x -> x < 4 ? 0 : 255);

        assertThat(samples(Bicubic.resize(row, 16, 1))).startsWith(0, 0, 0, 0).endsWith(255, 255, 255, 255);
        assertThat(samples(Bicubic.resize(row, 16, 1))).isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2})
    void scaleBelowOneIsRefused(int scale) {
        assertThatThrownBy(() -> Bicubic.reduce(row(4, x -> x), scale)).hasMessageContaining("below 1");
    }

    private static Picture row(int width, IntUnaryOperator sample) {
        byte[] samples = new byte[width];
        for (int x = 0; x < width; x++) {
            samples[x] = (byte) sample.applyAsInt(x);
        }
        return Picture.of(new PictureFormat(width, 1, 1, 8), samples);
    }

    private static int[] samples(Picture row) {
        int[] samples = new int[row.width()];
        for (int x = 0; x < samples.length; x++) {
            samples[x] = row.sample(x, 0, 0);
        }
        return samples;
    }
}
