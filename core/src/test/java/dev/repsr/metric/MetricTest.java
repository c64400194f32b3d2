package dev.repsr.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.Pictures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final PictureFormat RGB = new PictureFormat(20, 16, 3, 8);
    private static final PictureFormat GREY = new PictureFormat(20, 16, 1, 8);

    @Test
    void lumaHasMatlabsValues() {
        Picture colours = Picture.of(
                new PictureFormat(5, 1, 3, 8), new byte[] {0, 0, 0, -1, -1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1});

        assertThat(Luma.y(colours)).containsExactly(new double[] {16, 235, 81.481, 144.553, 40.966}, within(1e-9));
    }

    @Test
    void lumaOfGreyIsThatOfEqualColours() {
        assertThat(Luma.y(flat(GREY, 100))).isEqualTo(Luma.y(flat(RGB, 100)));
    }

    @Test
    void lumaOfSixteenBitsIsThatOfEight() {
        short[] deep = new short[20 * 16 * 3];
        Arrays.fill(deep, (short) (100 * 257));

        Picture picture = Picture.of(new PictureFormat(20, 16, 3, 16), deep);

        assertThat(Luma.y(picture)).containsExactly(Luma.y(flat(RGB, 100)), within(1e-9));
    }

    @Test
    void psnrOfAConstantDifferenceFollowsTheFormula() {
        Picture a = flat(RGB, 100);
        Picture b = flat(RGB, 110);

        assertThat(Psnr.rgb(a, b, 0)).isCloseTo(20 * Math.log10(255 / 10.0), within(1e-9));
        assertThat(Psnr.y(a, b, 0)).isCloseTo(20 * Math.log10(255 / (10 * 219 / 255.0)), within(1e-9));
    }

    @Test
    void psnrOfEqualPicturesIsInfinite() {
        Picture picture = Pictures.random(RGB, 1);

        assertThat(Psnr.y(picture, picture, 2)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Psnr.rgb(picture, picture, 2)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void borderIsNotCompared() {
        byte[] samples = new byte[20 * 16];
        for (int x = 0; x < 20; x++) {
            samples[x] = 99;
            samples[20 + x] = 99;
        }
        Picture marked = Picture.of(GREY, samples);
        Picture black = flat(GREY, 0);

        assertThat(Psnr.y(marked, black, 2)).isInfinite();
        assertThat(Psnr.y(marked, black, 1)).isFinite();
        assertThat(Ssim.y(marked, black, 2)).isEqualTo(1);
    }

    @Test
    void ssimOfFlatPicturesFollowsTheFormula() {
        double a = 16 + 219 * 100 / 255.0;
        double b = 16 + 219 * 180 / 255.0;
        double c1 = 0.01 * 255 * 0.01 * 255;

        assertThat(Ssim.y(flat(GREY, 100), flat(GREY, 180), 0))
                .isCloseTo((2 * a * b + c1) / (a * a + b * b + c1), within(1e-9));
    }

    @Test
    void ssimMatchesTheDefinitionWithTheFullWindow() {
        Picture a = Pictures.random(RGB, 1);
        Picture b = Pictures.smooth(RGB);

        assertThat(Ssim.y(a, b, 1)).isCloseTo(direct(Luma.y(a), Luma.y(b), 20, 16, 1), within(1e-9));
    }

    @Test
    void ssimOfEqualPicturesIsOne() {
        Picture picture = Pictures.random(RGB, 2);

        assertThat(Ssim.y(picture, picture, 0)).isCloseTo(1, within(1e-12));
        assertThat(Ssim.rgb(picture, picture, 0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatCannotBeComparedIsRefusedInWords() {
        Picture small = flat(new PictureFormat(12, 12, 3, 8), 0);

        assertThatThrownBy(() -> Psnr.y(small, flat(RGB, 0), 0))
                .hasMessageContaining("12x12")
                .hasMessageContaining("20x16");
        assertThatThrownBy(() -> Psnr.y(small, small, 6)).hasMessageContaining("leaves nothing");
        assertThatThrownBy(() -> Ssim.y(small, small, 1))
                .hasMessageContaining("11x11")
                .hasMessageContaining("10x10");
    }

    /** SSIM as the paper writes it: 121 weights at each place, variances from differences to the mean. */
    private static double direct(double[] a, double[] b, int width, int height, int border) {
        double total = 0;
        int places = 0;
        for (int y = border; y + 11 <= height - border; y++) {
            for (int x = border; x + 11 <= width - border; x++, places++) {
                total += at(a, b, y * width + x, width);
            }
        }
        return total / places;
    }

    private static double at(double[] a, double[] b, int corner, int width) {
        double weights = 0;
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < 121; i++) {
            int index = corner + i / 11 * width + i % 11;
            weights += weight(i);
            meanA += weight(i) * a[index];
            meanB += weight(i) * b[index];
        }
        meanA /= weights;
        meanB /= weights;
        double varianceA = 0;
        double varianceB = 0;
        double covariance = 0;
        for (int i = 0; i < 121; i++) {
            int index = corner + i / 11 * width + i % 11;
            double weight = weight(i) / weights;
            varianceA += weight * (a[index] - meanA) * (a[index] - meanA);
            varianceB += weight * (b[index] - meanB) * (b[index] - meanB);
            covariance += weight * (a[index] - meanA) * (b[index] - meanB);
        }
        double c1 = 6.5025;
        double c2 = 58.5225;
        return (2 * meanA * meanB + c1)
                * (2 * covariance + c2)
                / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
    }

    private static double weight(int i) {
        int dx = i % 11 - 5;
        int dy = i / 11 - 5;
        return Math.exp(-(dx * dx + dy * dy) / 4.5);
    }

    private static Picture flat(PictureFormat format, int value) {
        byte[] samples = new byte[format.width() * format.height() * format.channels()];
        Arrays.fill(samples, (byte) value);
        return Picture.of(format, samples);
    }
}
