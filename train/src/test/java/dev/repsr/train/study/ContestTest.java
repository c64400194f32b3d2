package dev.repsr.train.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.RunPictures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final double RATE = 8e-3;
    private static final double SHORT_RUN = 34.07;

    private static ArmRuns arm(Double... heldOut) {
        return new ArmRuns(
                BnStudy.NEVER,
                RATE,
                Arrays.stream(heldOut).map(ContestTest::run).toList());
    }

    private static RunRecord run(double heldOut) {
        boolean failed = Double.isNaN(heldOut);
        RunRecord.Score score = new RunRecord.Score(heldOut, heldOut, null, null);
        return new RunRecord(
                "key",
                Contest.OWN,
                "M4C16 x2",
                "never",
                1,
                RATE,
                2000,
                "",
                "java",
                1,
                1,
                1,
                0,
                failed ? Map.of() : Map.of(RunPictures.HELD_OUT, score),
                Map.of(),
                List.of(),
                new RunRecord.Fall(0, 0, ""),
                failed ? "diverged" : "");
    }

    @Test
    void rateIsTooHighWhereOneSeedEndsBelowTheShortRun() {
        assertThat(Contest.hasCollapsed(arm(34.24, 30.59, 34.2), SHORT_RUN)).isTrue();
        assertThat(Contest.hasCollapsed(arm(34.24, Double.NaN), SHORT_RUN)).isTrue();
        assertThat(Contest.hasCollapsed(arm(34.24, 34.2), SHORT_RUN)).isFalse();
    }

    @Test
    void whatSeedsAloneMakeIsNoCollapse() {
        assertThat(Contest.hasCollapsed(arm(34.03, 34.2), SHORT_RUN)).isFalse();
    }
}
