package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.ModelFile;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that are shipped, measured by the papers' protocol. */
class BuiltInQualityTest {
    private static final long MEMORY = 1L << 28;

    /** Of a built-in network on the engine that runs it for users. */
    static SetScore score(String name, BenchmarkSet set) throws IOException {
        PreparedNetwork network =
                Engines.choose("auto").prepare(Models.open(name).network());
        return set.score(
                lr -> {
                    try (EnlargedRows rows = new EnlargedRows(network, lr.rows(), 1, MEMORY)) {
                        return Picture.read(rows);
                    }
                },
                (image, sr) -> {});
    }

    /** Bicubic figures are the published ones of this protocol; the least of a network is a little below what it reached. */
    @Tag("data")
    @ParameterizedTest
    @CsvSource({
        "repsr-m4c16-x2, 33.68, .9299, 37.0",
        "repsr-m4c16-x3, 30.40, .8682, 32.95",
        "repsr-m4c16-x4, 28.43, .8104, 30.55",
        "repsr-m10c32-x2, 33.68, .9299, 37.35",
        "repsr-m10c32-x3, 30.40, .8682, 33.50",
        "repsr-m10c32-x4, 28.43, .8104, 31.30"
    })
    void aBuiltInNetworkIsFarAboveBicubicOnSet5(String name, double bicubic, double ssim, double least)
            throws IOException {
        Path set5 = TestData.require("benchmarks/Set5");
        int scale = Models.open(name).network().scale();
        BenchmarkSet set = BenchmarkSet.load(set5, null, scale, scale);

        SetScore score = score(name, set);

        assertThat(score.bicubicPsnrY()).isCloseTo(bicubic, within(0.01));
        assertThat(score.bicubicSsimY()).isCloseTo(ssim, within(0.001));
        assertThat(score.psnrY()).isGreaterThan(least);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void aShippedNetworkSaysHowItWasMadeAndCarriesItsReceipt(int scale) throws IOException {
        var model = Models.open(Models.defaultOf(scale).name());

        assertThat(model.network().scale()).isEqualTo(scale);
        assertThat(model.metadata())
                .containsKeys(ModelFile.LICENCE, ModelFile.DATA_SET, ModelFile.SEED, ModelFile.ITERATIONS);
        assertThat(model.metadata().get(ModelFile.RECIPE)).contains("optimiser.iterations=");
        assertThat(model.metadata().get(ModelFile.RECEIPT)).contains("max_difference", "trainer_max_difference");
    }
}
