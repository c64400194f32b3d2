package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void onlyEnlargingIsWarmedUpFor() {
        assertThat(WarmUp.isWorthIt(List.of("upscale", "a.png"))).isTrue();
        assertThat(WarmUp.isWorthIt(List.of("models"))).isFalse();
        assertThat(WarmUp.isWorthIt(List.of())).isFalse();
    }

    @Test
    void chosenThreadsOrEngineAreAllThatRuns() {
        assertThat(WarmUp.isWorthIt(List.of("upscale", "--threads", "1", "a.png")))
                .isFalse();
        assertThat(WarmUp.isWorthIt(List.of("upscale", "a.png", "--engine=scalar")))
                .isFalse();
    }

    @Test
    void runsWithAnyModelAndLeavesRefusalsToTheRealWork() {
        for (String model : List.of("repsr-m4c16-x2", "no-such-model", "")) {
            assertThatCode(new WarmUp(List.of("upscale", "-m", model))::run).doesNotThrowAnyException();
        }
        assertThatCode(new WarmUp(List.of("upscale", "-m"))::run).doesNotThrowAnyException();
    }
}
