package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestData;
import dev.repsr.format.ModelFile;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import dev.repsr.network.Network;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that others trained give the results that an independent float32 inference gave. */
@Tag("data")
public abstract class GoldenContract {

    /** The engine under test. */
    protected abstract Engine engine();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ECBSR_M4C16_x2, etds/ECBSR_M4C16_x2.pth, 0.61481, 0.569669, 0.467409, 0.518224",
        "ECBSR_M4C16_x3, etds/ECBSR_M4C16_x3.pth, 0.652161, 0.592161, 0.487547, 0.527176",
        "ECBSR_M4C16_x4, etds/ECBSR_M4C16_x4.pth, 0.57394, 0.498547, 0.387892, 0.483423",
        "ECBSR_M6C40_x4, etds/ECBSR_M6C40_x4.pth, 0.658124, 0.571964, 0.480497, 0.483138",
        "realesr-animevideov3_pth_x4, realesr-compact/realesr-animevideov3.pth, 0.620557, 0.561387, 0.428304, 0.48808",
        "realesr-animevideov3-x4_ncnn, realesr-compact/realesr-animevideov3-x4.param, 0.620355, 0.561223, 0.428336, 0.488127",
        "RealESRGAN_General_x4_v3_ncnn, realesr-compact/RealESRGAN_General_x4_v3.param, 0.769297, 0.749355, 0.599048, 0.468254",
        "4xLSDIRCompactC3_ncnn, realesr-compact/4xLSDIRCompactC3.param, 0.592655, 0.542498, 0.461992, 0.474298"
    })
    void reproducesAPublishedNetwork(String name, String weights, double red, double green, double blue, double mean)
            throws IOException {
        Network network = ModelFile.open(TestData.require("weights/" + weights)).network();
        Picture input = read("weights/golden/butterfly_lr_x" + network.scale() + ".png");
        Picture golden = read("weights/golden/butterfly_" + name + ".png");

        EnlargedRows rows = new EnlargedRows(engine().prepare(network), input.rows(), 2, Long.MAX_VALUE);
        float[] enlarged = ArrayRows.readAll(rows);

        double[] topLeft = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            assertThat((double) enlarged[c]).isCloseTo(topLeft[c], within(1e-5));
        }
        double sum = 0;
        for (int i = 0; i < enlarged.length; i++) {
            sum += enlarged[i];
            long level = Math.round(Math.clamp(enlarged[i], 0f, 1f) * 255.0);
            int pixel = i / 3;
            int expected = golden.sample(pixel % golden.width(), pixel / golden.width(), i % 3);
            assertThat(level).as("sample %d", i).isBetween(expected - 1L, expected + 1L);
        }
        assertThat(enlarged).hasSize(3 * golden.width() * golden.height());
        assertThat(sum / enlarged.length).isCloseTo(mean, within(1e-5));
    }

    private static Picture read(String relative) throws IOException {
        return ImageReader.read(TestData.require(relative), ImageLimits.defaults())
                .picture();
    }
}
