package dev.repsr.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repsr.engine.Engine;
import dev.repsr.engine.EngineContract;
import dev.repsr.engine.Networks;
import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The direct engine in one vector width; skipped where this JVM has not that width. */
abstract class DirectEngineContract extends EngineContract {
    private final VectorWidth width;

    DirectEngineContract(VectorWidth width) {
        this.width = width;
    }

    @BeforeEach
    void needsTheWidth() {
        assumeTrue(VectorWidth.available().contains(width), width.bits() + "-bit vectors are not compiled here");
    }

    @Override
    protected Engine engine() {
        return new DirectEngine(width);
    }

    @Test
    void keepsThreeRowsOfEachLayerSoThatMemoryDoesNotGrowWithTheHeight() {
        var prepared = engine().prepare(Networks.random(16, 64, 4, 1));
        assertThat(prepared.workerBytes(960, 1))
                .isEqualTo(prepared.workerBytes(960, 540))
                .isLessThan(30_000_000);
    }

    @Test
    void refusesLayersThatItCannotRunByName() {
        List<Layer> layers = List.of(
                new Conv3x3("first", 3, 3), new AddNearest(1), new Conv3x3("second", 3, 3), new PRelu("slopes", 3));
        assertThatThrownBy(() -> engine().prepare(Networks.random(1, layers, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 2")
                .hasMessageContaining("second");
    }
}
