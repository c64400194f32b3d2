package dev.repsr.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.train.config.TrainConfig.Decay;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Schedule COSINE = schedule(1001, 1e-5, 100, Decay.COSINE);

    private static Schedule schedule(long iterations, double finalRate, long warmup, Decay decay) {
        return new Schedule(iterations, 1e-3, finalRate, warmup, decay, List.of(500L, 800L), 0.5);
    }

    @Test
    void theWarmUpRisesInEqualStepsToTheRate() {
        assertThat(COSINE.rateAt(0)).isCloseTo(1e-5, within(1e-18));
        assertThat(COSINE.rateAt(49)).isCloseTo(5e-4, within(1e-18));
        assertThat(COSINE.rateAt(99)).isEqualTo(1e-3);
    }

    @Test
    void theCosineBeginsAtTheRateAndEndsAtTheFinalRate() {
        assertThat(COSINE.rateAt(100)).isEqualTo(1e-3);
        assertThat(COSINE.rateAt(550)).isCloseTo((1e-3 + 1e-5) / 2, within(1e-15));
        assertThat(COSINE.rateAt(325)).isCloseTo(1e-5 + 0.99e-3 * (1 + Math.sqrt(0.5)) / 2, within(1e-15));
        assertThat(COSINE.rateAt(1000)).isEqualTo(1e-5);
        assertThat(COSINE.rateAt(5000)).isEqualTo(1e-5);
    }

    @Test
    void theCosineNeverRises() {
        for (long i = 100; i < 1000; i++) {
            assertThat(COSINE.rateAt(i + 1)).isLessThan(COSINE.rateAt(i));
        }
    }

    @Test
    void theConstantRateStaysAfterTheWarmUp() {
        Schedule constant = schedule(1000, 1e-5, 10, Decay.CONSTANT);

        assertThat(constant.rateAt(0)).isCloseTo(1e-4, within(1e-18));
        assertThat(constant.rateAt(10)).isEqualTo(1e-3);
        assertThat(constant.rateAt(999)).isEqualTo(1e-3);
    }

    @Test
    void theRateFallsByTheFactorAtEachMilestone() {
        Schedule steps = schedule(1000, 0, 10, Decay.MULTISTEP);

        assertThat(steps.rateAt(4)).isCloseTo(5e-4, within(1e-18));
        assertThat(steps.rateAt(499)).isEqualTo(1e-3);
        assertThat(steps.rateAt(500)).isEqualTo(5e-4);
        assertThat(steps.rateAt(799)).isEqualTo(5e-4);
        assertThat(steps.rateAt(800)).isEqualTo(2.5e-4);
        assertThat(steps.rateAt(2000)).isEqualTo(2.5e-4);
    }

    @Test
    void withoutWarmUpTheFirstStepHasTheRate() {
        assertThat(schedule(10, 0, 0, Decay.COSINE).rateAt(0)).isEqualTo(1e-3);
    }

    @Test
    void theShortestRunsEndAtTheFinalRate() {
        assertThat(schedule(1, 1e-5, 0, Decay.COSINE).rateAt(0)).isEqualTo(1e-5);
        assertThat(schedule(2, 1e-5, 1, Decay.COSINE).rateAt(1)).isEqualTo(1e-5);
        assertThat(schedule(5, 1e-5, 5, Decay.COSINE).rateAt(4)).isEqualTo(1e-3);
    }

    @Test
    void thereIsNoRateBeforeTheBeginning() {
        assertThatThrownBy(() -> COSINE.rateAt(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
