package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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

    private static double number(Map<?, ?> result, String key) {
        return Double.parseDouble(String.valueOf(result.get(key)));
    }

    private static org.assertj.core.data.Percentage percent() {
        return org.assertj.core.data.Percentage.withPercentage(1);
    }
}
