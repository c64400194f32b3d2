package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig.Engine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChoiceTest {
    private static final Optional<String> NOTHING = Optional.empty();
    private static final Optional<String> BF16 = Optional.of("Java has no bf16; engine: torch has");

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void javaTrainsWhatItCanWhetherLibtorchIsThereOrNot(boolean libtorch) throws ConfigRefused {
        assertThat(EngineChoice.of(Engine.AUTO, NOTHING, libtorch).sentence())
                .isEqualTo("computed by the Java engine, which trains all that is asked for");
        assertThat(EngineChoice.of(Engine.JAVA, NOTHING, libtorch).sentence())
                .isEqualTo("computed by the Java engine, as engine: java asks");
    }

    @Test
    void libtorchTrainsTheRestAndWhatItIsAskedFor() throws ConfigRefused {
        assertThat(EngineChoice.of(Engine.AUTO, BF16, true).sentence())
                .isEqualTo("computed by libtorch, since Java has no bf16; engine: torch has");
        assertThat(EngineChoice.of(Engine.TORCH, NOTHING, true).sentence())
                .isEqualTo("computed by libtorch, as engine: torch asks");
    }

    @Test
    void whatJavaDoesNotTrainIsRefusedWithItsNameAndTheEngineThatDoes() {
        assertThatThrownBy(() -> EngineChoice.of(Engine.JAVA, BF16, true))
                .isInstanceOf(ConfigRefused.class)
                .hasMessage("Java has no bf16; engine: torch has");
    }

    @Test
    void withoutLibtorchTheRefusalSaysHowToGetIt() {
        assertThatThrownBy(() -> EngineChoice.of(Engine.TORCH, NOTHING, false))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageStartingWith("engine: torch needs libtorch, which is not here: ./repsr --with-libtorch");
        assertThatThrownBy(() -> EngineChoice.of(Engine.AUTO, BF16, false))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageStartingWith(
                        "Java has no bf16; engine: torch has, and libtorch is not here: ./repsr --with-libtorch");
    }
}
