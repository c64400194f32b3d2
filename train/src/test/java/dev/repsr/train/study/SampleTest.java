package dev.repsr.train.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.train.study.Sample.Noise;
import dev.repsr.train.study.Sample.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    /** Figures in the tests are written with this many digits. */
    private static final double ROUNDING = 1e-3;

    @Test
    void meanAndDeviationAreThoseOfTheTextbook() {
        Sample sample = Sample.of(36.8, 36.9, 37.0);

        assertThat(sample.mean()).isCloseTo(36.9, within(ROUNDING));
        assertThat(sample.deviation()).isCloseTo(0.1, within(ROUNDING));
        assertThat(sample.text(2)).isEqualTo("36.90 ± 0.10");
    }

    @Test
    void oneSeedHasNoSpreadAndDecidesNothing() {
        Sample one = Sample.of(36.8);
        Noise noise = Sample.noise(List.of(one, Sample.of(20)));

        assertThat(one.text(3)).isEqualTo("36.800");
        assertThat(noise.compare(one, Sample.of(20))).isEqualTo(Verdict.UNDECIDED);
    }

    /** Two samples of three: four degrees of freedom, t 2.78, times 0.1 sqrt(2/3). */
    @Test
    void aDifferenceCountsFromStudentsTOn() {
        Sample a = Sample.of(1.0, 1.1, 1.2);
        Noise noise = Sample.noise(List.of(a, Sample.of(1.2, 1.3, 1.4)));

        assertThat(noise.freedom()).isEqualTo(4);
        assertThat(noise.least(a, a)).isCloseTo(2.78 * 0.1 * Math.sqrt(2.0 / 3), within(ROUNDING));
        assertThat(noise.compare(Sample.of(1.32, 1.42, 1.52), a)).isEqualTo(Verdict.HIGHER);
        assertThat(noise.compare(Sample.of(1.2, 1.3, 1.4), a)).isEqualTo(Verdict.UNDECIDED);
        assertThat(noise.compare(a, Sample.of(1.4, 1.5, 1.6))).isEqualTo(Verdict.LOWER);
    }

    @Test
    void anArmThatCameToGriefDoesNotHideTheDifferencesOfTheOthers() {
        Sample calm = Sample.of(30.0, 30.01);
        Sample ruined = Sample.of(30, 10);
        Noise noise = Sample.noise(List.of(calm, Sample.of(30.2, 30.21), Sample.of(30.1, 30.11), ruined));

        assertThat(noise.freedom()).isEqualTo(3);
        assertThat(noise.compare(Sample.of(30.2, 30.21), calm)).isEqualTo(Verdict.HIGHER);
        assertThat(noise.compare(calm, ruined)).as("its own scatter counts").isEqualTo(Verdict.UNDECIDED);
    }
}
