package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlurKernelTest {
    /** Rounding of a few hundred float products. */
    private static final float ROUNDING = 1e-5f;

    static Stream<BlurKernel> kernels() {
        return Stream.of(
                BlurKernel.gaussian(21, 2, 2, 0),
                BlurKernel.gaussian(15, 3, 0.5, 0.7),
                BlurKernel.generalised(13, 1.5, 1.5, 0, 0.6),
                BlurKernel.plateau(11, 2, 1, -1, 1.7),
                BlurKernel.sinc(21, Math.PI / 3));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aFlatPictureStaysAsItIs(BlurKernel kernel) {
        Planes flat = Planes.black(9, 5);
        Arrays.fill(flat.values(), 0.25f);

        assertThat(kernel.side() % 2).isEqualTo(1);
        for (float value : kernel.apply(flat).values()) {
            assertThat(value).isCloseTo(0.25f, within(ROUNDING));
        }
    }

    @Test
    void gaussianWeightsFollowTheFormulaAlongItsTurnedAxes() {
        double angle = Math.PI / 6;
        BlurKernel kernel = BlurKernel.gaussian(21, 2.5, 1, angle);
        int radius = kernel.side() / 2;
        float centre = kernel.weights()[radius * kernel.side() + radius];
        for (int y = -2; y <= 2; y++) {
            for (int x = -2; x <= 2; x++) {
                double along = (Math.cos(angle) * x + Math.sin(angle) * y) / 2.5;
                double across = -Math.sin(angle) * x + Math.cos(angle) * y;
                float weight = kernel.weights()[(y + radius) * kernel.side() + x + radius];
                assertThat(weight / centre)
                        .isCloseTo((float) Math.exp(-(along * along + across * across) / 2), within(1e-4f));
            }
        }
    }

    @Test
    void ringsThatWeighNothingAreCutOff() {
        assertThat(BlurKernel.gaussian(21, 0.5, 0.5, 0).side()).isLessThanOrEqualTo(5);
        assertThat(BlurKernel.gaussian(21, 9, 9, 0).side()).isEqualTo(21);
    }

    @Test
    void sincKeepsSlowWavesAndStopsFastOnes() {
        BlurKernel kernel = BlurKernel.sinc(21, Math.PI / 3);

        assertThat(amplitude(kernel, Math.PI / 8)).isBetween(0.9, 1.1);
        assertThat(amplitude(kernel, Math.PI * 3 / 4)).isLessThan(0.05);
    }

    /** What is left of a wave along x far from the borders. */
    private static double amplitude(BlurKernel kernel, double frequency) {
        Planes wave = Planes.black(160, 40);
        for (int i = 0; i < wave.values().length; i++) {
            wave.values()[i] = (float) Math.cos(frequency * (i % 160));
        }
        float[] result = kernel.apply(wave).values();
        double most = 0;
        for (int x = 40; x < 120; x++) {
            most = Math.max(most, Math.abs(result[20 * 160 + x]));
        }
        return most;
    }

    @Test
    void beyondTheBordersThePictureIsMirroredHoweverSmallItIs() {
        Planes two = Planes.black(2, 1);
        two.values()[0] = 1;
        // Mirrored: ... 1 0 1 0 1 ..., so each pixel becomes the sum of every other weight of the columns.
        BlurKernel kernel = BlurKernel.gaussian(7, 5, 5, 0);
        double even = 0;
        for (int i = 0; i < 49; i++) {
            even += i % 7 % 2 == 1 ? kernel.weights()[i] : 0;
        }
        assertThat(kernel.apply(two).values()[0]).isCloseTo((float) even, within(ROUNDING));
    }

    /** Table 9.1 of Abramowitz and Stegun. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.4400505857", "5, -0.3275791376", "10, 0.0434727462", "17.5, -0.1634199694"})
    void besselHasThePublishedValues(double x, double expected) {
        assertThat(Bessel.j1(x)).isCloseTo(expected, within(2e-10));
    }
}
