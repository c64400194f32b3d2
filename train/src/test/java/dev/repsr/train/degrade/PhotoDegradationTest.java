package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.Bicubic;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.train.config.TrainConfig.Photo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDegradationTest {
    private static final Photo USUAL = new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8, 0, 0);
    private static final Photo MILDEST = new Photo(1, 0.2, 0, 0, 95, 1, 1, 0, 0, 0);

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
        Photo photo = new Photo(order, 3, 30, 3, 30, 0.15, 1.5, 0.8, 0, 0);
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

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1"})
    void whatIsSoundOrSparedEverythingIsTheBenchmarksReductionAndNotTheOriginal(double sound, double spared) {
        PhotoDegradation degradation = new PhotoDegradation(new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0, sound, spared));
        for (int scale : new int[] {1, 2, 4}) {
            Planes original = picture().round();
            float[] before = original.values().clone();
            Planes result = degradation.apply(original, scale, 7);
            assertThat(result.values()).isNotSameAs(original.values());
            assertThat(original.values()).containsExactly(before);
            Picture reduced = Bicubic.reduce(toPicture(original), scale);
            // Borders are continued in another way.
            for (int y = 2; y < result.height() - 2; y++) {
                for (int x = 2; x < result.width() - 2; x++) {
                    for (int c = 0; c < 3; c++) {
                        float value = result.values()[(c * result.height() + y) * result.width() + x];
                        // Rounding of a value half-way in float arithmetic.
                        assertThat(value * 255).isCloseTo(reduced.sample(x, y, c), within(1.001f));
                    }
                }
            }
        }
    }

    @Test
    void someAreSoundAndSomeFlawsAreSparedAndTheOthersStay() {
        PhotoDegradation spoilt = new PhotoDegradation(new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8, 0.3, 0.5));
        PhotoDegradation reduced = new PhotoDegradation(new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8, 1, 0));
        float[] sound = reduced.apply(picture(), 2, 0).values();
        long same = LongStream.range(0, 200)
                .filter(seed -> Arrays.equals(spoilt.apply(picture(), 2, seed).values(), sound))
                .count();
        assertThat(same).isBetween(40L, 80L);
    }

    private static Picture toPicture(Planes planes) {
        byte[] samples = new byte[planes.values().length];
        int plane = planes.width() * planes.height();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(planes.values()[i % 3 * plane + i / 3] * 255);
        }
        return Picture.of(new PictureFormat(planes.width(), planes.height(), 3, 8), samples);
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
