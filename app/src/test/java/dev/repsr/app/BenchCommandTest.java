package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    @TempDir
    private Path folder;

    @Test
    void measuresTimeAndShareOfThePeak() throws IOException {
        Path model = TestModels.writeNearest(folder, 2);

        Run run = Run.of("bench", "-m", model, "--size", "64x40", "--threads", "2", "--engine", "winograd", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.outText()).hasLineCount(1);
        Map<?, ?> result = (Map<?, ?>) JsonLines.parse(run.outText().strip());
        assertThat(result.get("model")).isEqualTo("nearest-x2");
        assertThat(result.get("engine")).isEqualTo("winograd");
        assertThat(result.get("width")).isEqualTo(64);
        assertThat(result.get("height")).isEqualTo(40);
        assertThat(result.get("threads")).isEqualTo(2);
        double millis = number(result, "ms_median");
        assertThat(number(result, "mpix_in_per_s") * millis / 1000).isCloseTo(64 * 40 / 1e6, percent());
        assertThat(number(result, "peak_share") * number(result, "peak_gflops"))
                .isCloseTo(number(result, "gflops"), percent());
        assertThat(number(result, "peak_gflops")).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"640", "640x", "0x40", "99999x4", "-4x4", "4x4x4"})
    void refusesASizeThatIsNone(String size) {
        Run run = Run.of("bench", "--size", size);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--size");
    }

    @Test
    void refusesAnUnknownModel() {
        assertThat(Run.of("bench", "-m", "repsr-m4c16-x99").code()).isEqualTo(2);
        assertThat(Run.of("bench", "-m", folder.resolve("none.safetensors")).code())
                .isEqualTo(3);
    }

    @Test
    void measuresStepsOfTraining() throws IOException {
        Run run = Run.of("bench", "train", "--nets", "m1c4-x2", "--json", "--quiet");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        Map<?, ?> result = (Map<?, ?>) JsonLines.parse(run.outText().strip());
        List<?> steps = (List<?>) Objects.requireNonNull(result.get("steps"));
        assertThat(steps)
                .extracting(step -> ((Map<?, ?>) step).get("step"))
                .isEqualTo(List.of("plain", "frozen", "batch"));
        for (Object step : steps) {
            Map<?, ?> facts = (Map<?, ?>) step;
            assertThat(facts.get("network")).isEqualTo("M1C4");
            // Forth and back in the body and the tail, without the input's gradient in the head; two operations a
            // multiply-add.
            double flop = 2.0 * 16 * 32 * 32 * 9 * (2 * 3 * 4 + 3 * 4 * 4 + 3 * 4 * 12);
            double expected = flop / (number(facts, "ms_median") * 1e6);
            assertThat(number(facts, "gflops")).isCloseTo(expected, percent());
            assertThat(number(facts, "it_per_s") * number(facts, "ms_median")).isCloseTo(1000, percent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4c16", "m0c16-x2", "m4c16-x5", "4x16"})
    void refusesANetworkThatIsNone(String net) {
        Run run = Run.of("bench", "train", "--nets", net);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--nets");
    }

    private static double number(Map<?, ?> result, String key) {
        return Double.parseDouble(String.valueOf(result.get(key)));
    }

    private static org.assertj.core.data.Percentage percent() {
        return org.assertj.core.data.Percentage.withPercentage(1);
    }
}
