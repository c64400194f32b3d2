package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScalarEngineTest extends EngineContract {

    @Override
    protected Engine engine() {
        return new ScalarEngine();
    }

    @Test
    void runsLayersInAnyOrderThatComposes() throws IOException {
        List<Layer> layers = List.of(
                new PRelu("first", 3),
                new AddNearest(1),
                new Conv3x3("conv", 3, 3 * 36),
                new PixelShuffle(2),
                new PRelu("between", 27),
                new PixelShuffle(3),
                new AddNearest(6),
                new PRelu("last", 3));
        Network network = Networks.random(6, layers, 1);
        float[] picture = Networks.picture(3 * 5 * 4, 2);
        double[] expected = DoubleReference.run(network, picture, 5);
        float[] row = new float[3 * 5 * 6];
        double[] actual = new double[expected.length];
        new ScalarEngine()
                .prepare(network)
                .worker(5, 4)
                .run(
                        (y, target, offset) -> System.arraycopy(picture, 15 * y, target, offset, 15),
                        0,
                        4,
                        (y, values) -> {
                            for (int i = 0; i < row.length; i++) {
                                actual[y * row.length + i] = values[i];
                            }
                        });
        assertThat(actual).containsExactly(expected, Offset.offset(1e-5));
    }
}
