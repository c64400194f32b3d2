package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.Engines;
import dev.repsr.network.Network;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime knows nothing of our code, so what both compute is what the network means. */
class OnnxRuntimeAgreementTest {

    @ParameterizedTest(name = "{0} M{1}C{2} x{3} {4}x{5}")
    @CsvSource({
        "scalar, 4, 16, 4, 37, 23",
        "direct, 4, 16, 4, 37, 23",
        "direct, 0, 5, 1, 1, 1",
        "scalar, 0, 5, 1, 1, 1",
        "direct, 2, 24, 2, 1, 31",
        "direct, 3, 40, 3, 29, 2",
        "direct, 10, 32, 4, 50, 17",
        "direct, 16, 64, 4, 41, 19",
        "scalar, 6, 40, 2, 19, 13",
        "winograd, 2, 24, 2, 1, 31",
        "winograd, 10, 32, 4, 50, 17",
        "winograd, 4, 100, 3, 40, 19",
        "winograd, 16, 64, 4, 41, 19"
    })
    void enginesAgreeWithOnnxRuntime(String engine, int body, int channels, int scale, int width, int height)
            throws IOException {
        Network network = RandomNetworks.compact(body, channels, scale, width);
        float[] picture = RandomNetworks.picture(width, height, height);
        float[] ours = new OurEngine(Engines.choose(engine), network, picture, width, 1).result();
        try (OnnxRuntime onnx = new OnnxRuntime(network, picture, width, 1)) {
            float[] expected = onnx.result();
            assertThat(ours).hasSameSizeAs(expected);
            assertThat(EngineComparison.difference(ours, expected)).isLessThan(1e-4);
        }
    }
}
