package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.config.TrainConfig.Photo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDegradationTest {
    private static final Photo USUAL = new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8);
    private static final Photo MILDEST = new Photo(1, 0.2, 0, 0, 95, 1, 1, 0);

    private static Planes picture() {
        Planes planes = Planes.black(48, 40);
        for (int i = 0; i < planes.values().length; i++) {
            int x = i % 48;
            int y = i / 48 % 40;
            int c = i / (48 * 40);
            planes.values()[i] = (float) (0.5 + 0.3 * Math.sin(x * 0.2 + c) * Math.cos(y * 0.15));
        }
        return planes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theSameSeedGivesTheSamePictureAndEachSeedAnother(int order) {
        Photo photo = new Photo(order, 3, 30, 3, 30, 0.15, 1.5, 0.8);
        PhotoDegradation degradation = new PhotoDegradation(photo);
        Set<Integer> results = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            Planes once = degradation.apply(picture(), 4, seed);
            assertThat(degradation.apply(picture(), 4, seed).values()).containsExactly(once.values());
            results.add(Arrays.hashCode(once.values()));
        }
        assertThat(results).hasSize(40);
    }

    @Test
    void theResultHasTheReducedSizeAndLevelsOfEightBitsAndTheOriginalIsUntouched() {
        for (int scale : new int[] {1, 2, 4, 8}) {
            for (long seed = 0; seed < 20; seed++) {
                Planes original = picture();
                Planes result = new PhotoDegradation(USUAL).apply(original, scale, seed);

                assertThat(result.width()).isEqualTo(48 / scale);
                assertThat(result.height()).isEqualTo(40 / scale);
                assertThat(original.values()).containsExactly(picture().values());
                for (float value : result.values()) {
                    assertThat(value).isBetween(0f, 1f).isEqualTo(Math.round(value * 255) / 255f);
                }
            }
        }
    }

    @Test
    void withTheLeastOfEverythingItIsAReduction() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(distance(MILDEST, seed)).isLessThan(0.06);
        }
    }

    @Test
    void strongerSettingsSpoilMore() {
        double mild = 0;
        double usual = 0;
        for (long seed = 0; seed < 30; seed++) {
            mild += distance(MILDEST, seed);
            usual += distance(USUAL, seed);
        }
        assertThat(usual).isGreaterThan(1.5 * mild);
    }

    /** Mean distance to the mean of areas. */
    private static double distance(Photo photo, long seed) {
        Planes expected = Resample.AREA.to(picture(), 24, 20);
        Planes result = new PhotoDegradation(photo).apply(picture(), 2, seed);
        double sum = 0;
        for (int i = 0; i < result.values().length; i++) {
            sum += Math.abs(result.values()[i] - expected.values()[i]);
        }
        return sum / result.values().length;
    }
}
