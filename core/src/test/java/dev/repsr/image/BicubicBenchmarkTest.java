package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestData;
import dev.repsr.metric.Psnr;
import dev.repsr.metric.Ssim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bicubic, Y-PSNR and SSIM together against the figures that the papers publish, measured with MATLAB. */
@Tag("data")
class BicubicBenchmarkTest {

    @ParameterizedTest(name = "{0} x{1}")
    @CsvSource({
        "Set5, 2, 33.68, .9299", "Set5, 3, 30.40, .8682", "Set5, 4, 28.43, .8104",
        "Set14, 2, 30.33, ", "Set14, 3, 27.63, ", "Set14, 4, 26.09, ",
        "B100, 2, 29.56, ", "B100, 3, 27.21, ", "B100, 4, 25.96, "
    })
    void matchesThePublishedFigures(String set, int scale, double psnr, @Nullable Double ssim) throws IOException {
        List<Path> files = pictures(TestData.require("benchmarks/" + set));
        double psnrSum = 0;
        double ssimSum = 0;
        for (Path file : files) {
            Picture whole = ImageReader.read(file, ImageLimits.defaults()).picture();
            Picture hr =
                    whole.crop(0, 0, whole.width() - whole.width() % scale, whole.height() - whole.height() % scale);
            Picture sr = Bicubic.enlarge(Bicubic.reduce(hr, scale), scale);
            psnrSum += Psnr.y(hr, sr, scale);
            ssimSum += ssim == null ? 0 : Ssim.y(hr, sr, scale);
        }
        assertThat(psnrSum / files.size()).as("Y-PSNR").isCloseTo(psnr, within(0.0075));
        if (ssim != null) {
            assertThat(ssimSum / files.size()).as("SSIM").isCloseTo(ssim, within(0.001));
        }
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }
}
