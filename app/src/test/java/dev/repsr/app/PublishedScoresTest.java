package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Y-PSNR that the ETDS project logged for its ECBSR networks, from the files that it published. */
@Tag("data")
class PublishedScoresTest {
    /** Float sums in another order turn a few roundings to 8 bits. */
    private static final double TOLERANCE = 0.01;

    /** For the first network the very digits of the log. */
    private static final double DIGITS = 0.00005;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ECBSR_M4C16_x2, 37.1757, 32.7858, 31.6062",
        "ECBSR_M4C32_x2, 37.3933, 33.0303, 31.7930",
        "ECBSR_M6C40_x2, 37.6133, 33.1804, 31.9376",
        "ECBSR_M4C16_x3, 33.0693, 29.5326, 28.5689",
        "ECBSR_M4C32_x3, 33.5625, 29.7846, 28.7257",
        "ECBSR_M6C40_x3, 33.6737, 29.9173, 28.8502",
        "ECBSR_M4C16_x4, 30.8680, 27.7992, 27.0559",
        "ECBSR_M4C32_x4, 31.2377, 28.0445, 27.2139",
        "ECBSR_M6C40_x4, 31.4120, 28.1961, 27.3254"
    })
    void areMetByTheFilesThemselves(String name, double set5, double set14, double b100) {
        Run run = Run.of(
                "evaluate",
                "-m",
                TestData.require("weights/etds/" + name + ".pth"),
                "--hr",
                TestData.require("benchmarks/Set5"),
                "--hr",
                TestData.require("benchmarks/Set14"),
                "--hr",
                TestData.require("benchmarks/B100"),
                "--modulo",
                "12",
                "--json");

        assertThat(run.err()).isEmpty();
        List<?> sets = (List<?>) Objects.requireNonNull(((Map<?, ?>) JsonLines.parse(run.outText())).get("sets"));
        double tolerance = name.equals("ECBSR_M4C16_x2") ? DIGITS : TOLERANCE;
        assertThat(psnr(sets, 0)).isCloseTo(set5, within(tolerance));
        assertThat(psnr(sets, 1)).isCloseTo(set14, within(tolerance));
        assertThat(psnr(sets, 2)).isCloseTo(b100, within(TOLERANCE));
    }

    private static double psnr(List<?> sets, int index) {
        return (double) Objects.requireNonNull(((Map<?, ?>) sets.get(index)).get("psnr_y"));
    }
}
