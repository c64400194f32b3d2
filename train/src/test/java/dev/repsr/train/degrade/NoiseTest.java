package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final int SIDE = 100;

    private static Planes grey(float value) {
        Planes planes = Planes.black(SIDE, SIDE);
        Arrays.fill(planes.values(), value);
        return planes;
    }

    private static double deviation(Planes planes, float mean) {
        double sum = 0;
        for (float value : planes.values()) {
            sum += (value - mean) * (double) (value - mean);
        }
        return Math.sqrt(sum / planes.values().length);
    }

    @Test
    void gaussianNoiseHasItsDeviationAndNoMean() {
        Planes planes = grey(0.5f);
        Noise.gaussian(planes, 20, false, new Draws(1));

        // Thirty thousand draws: the deviation is known to 0.4 %, the mean to 0.0005.
        assertThat(deviation(planes, 0.5f) * 255).isCloseTo(20, within(0.4));
        double mean = 0;
        for (float value : planes.values()) {
            mean += value / planes.values().length;
        }
        assertThat(mean).isCloseTo(0.5, within(0.002));
    }

    @Test
    void greyNoiseIsTheSameInAllColours() {
        for (boolean shot : new boolean[] {false, true}) {
            Planes planes = grey(0.5f);
            if (shot) {
                Noise.shot(planes, 2, true, new Draws(1));
            } else {
                Noise.gaussian(planes, 20, true, new Draws(1));
            }
            float[] values = planes.values();
            int plane = SIDE * SIDE;
            assertThat(Arrays.copyOfRange(values, 0, plane))
                    .containsExactly(Arrays.copyOfRange(values, plane, 2 * plane))
                    .containsExactly(Arrays.copyOfRange(values, 2 * plane, 3 * plane));
            assertThat(values[0]).isNotEqualTo(values[1]);
        }
    }

    @Test
    void shotNoiseGrowsWithTheRootOfTheLight() {
        Planes dark = grey(0.09f);
        Planes light = grey(0.81f);
        Noise.shot(dark, 1, false, new Draws(1));
        Noise.shot(light, 1, false, new Draws(2));

        // Of 256 counts at white, 0.81 has 207.36 with a deviation of 14.4.
        assertThat(deviation(light, 0.81f)).isCloseTo(14.4 / 256, within(0.001));
        assertThat(deviation(light, 0.81f) / deviation(dark, 0.09f)).isCloseTo(3, within(0.05));
    }

    @Test
    void choicesComeAsOftenAsTheirWeightsSay() {
        Draws draws = new Draws(3);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++) {
            counts[draws.choice(0.2, 0.7, 0.1)]++;
        }
        assertThat(counts[0]).isBetween(1850, 2150);
        assertThat(counts[1]).isBetween(6800, 7200);
    }
}
