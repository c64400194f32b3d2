package dev.repsr.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RanksTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("RANK", "2", "WORLD_SIZE", "4", "MASTER_ADDR", "node-0", "MASTER_PORT", "29500");

    @Test
    void torchrunsVariablesAreRead() {
        Ranks ranks = Ranks.of(ENVIRONMENT);

        assertThat(ranks).isEqualTo(new Ranks(2, 4, "node-0", 29_500));
        assertThat(ranks.isFirst()).isFalse();
        assertThat(Ranks.of(ranks.environment())).isEqualTo(ranks);
    }

    @Test
    void withoutThemOrWithOneProcessItTrainsAlone() {
        assertThat(Ranks.of(Map.of())).isEqualTo(Ranks.ALONE);
        assertThat(Ranks.of(Map.of("WORLD_SIZE", "1", "RANK", "0"))).isEqualTo(Ranks.ALONE);
        assertThat(Ranks.ALONE.isFirst()).isTrue();
    }

    @Test
    void patchesAreSharedEvenlyOrNotAtAll() {
        Ranks ranks = Ranks.of(ENVIRONMENT);

        assertThat(ranks.shareOf(16)).isEqualTo(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranks.shareOf(18))
                .withMessage("data.batch is 18; with 4 processes it must be a multiple of 4");
    }

    @ParameterizedTest
    @CsvSource({
        "RANK,4,RANK is 4; it must be 0 to 3",
        "RANK,two,RANK is 'two'; it must be a whole number",
        "WORLD_SIZE,0,WORLD_SIZE is 0; it must be 1 to 1024",
        "MASTER_PORT,70000,MASTER_PORT is 70000; it must be 1 to 65535",
        "MASTER_ADDR,,the environment has WORLD_SIZE but no MASTER_ADDR",
    })
    void whatDoesNotFitIsToldWithItsName(String name, String value, String message) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put(name, value == null ? "" : value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ranks.of(environment))
                .withMessageContaining(message);
    }
}
