package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.check.OutputDisagrees;
import dev.repsr.image.ImageType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpscalerSelfCheckTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(PlantedModels.class)
    void pictureThatDoesNotAgreeWithItsInputIsNotKept(PlantedModels fault) throws IOException {
        Path input = TestPictures.writeScene(folder, "in.png", 96, 80);
        for (int scale = 2; scale <= 4; scale++) {
            Upscaler upscaler = Upscaler.of(fault.model(scale));

            for (String name : new String[] {"out.png", "out.jpg"}) {
                assertThatThrownBy(() -> upscaler.upscale(input).to(folder.resolve(name)))
                        .as(
                                "%s, scale %d, %s",
                                fault, upscaler.model().network().scale(), name)
                        .isInstanceOf(OutputDisagrees.class)
                        .hasMessageStartingWith(fault.name() + ": what it makes of a known photograph");
                assertThatThrownBy(() -> upscaler.times(1.5).upscale(input).to(folder.resolve(name)))
                        .isInstanceOf(OutputDisagrees.class);
            }
        }
        assertThat(folder).isDirectoryContaining("glob:**in.png").isDirectoryNotContaining("glob:**{out,part}*");
    }

    @Test
    void withoutTheCheckTheWrongPictureIsWritten() throws IOException {
        Path input = TestPictures.writeScene(folder, "in.png", 96, 80);

        Upscaler.of(PlantedModels.BLACK.model(2))
                .selfCheck(SelfCheckMode.OFF)
                .upscale(input)
                .to(folder.resolve("out.png"));

        assertThat(folder.resolve("out.png")).exists();
    }

    @Test
    void builtInNetworksAgreeAlsoOnNoise() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 64, 64);
        for (Models.BuiltIn model : Models.list()) {
            Path output = folder.resolve(model.name() + ".png");

            Upscaler.load(model.name()).upscale(input).to(output);

            assertThat(output).exists();
        }
    }

    /** As halftones, dithered pictures and screens have them; networks overshoot there and are clamped. */
    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "1, 4", "3, 2", "3, 3", "3, 4"})
    void builtInNetworksAgreeAlsoOnPatternsOfFullContrast(int channels, int scale) throws IOException {
        List<IntBinaryOperator> patterns = List.of(
                (x, y) -> (x + y) % 2 * 255,
                (x, y) -> x % 2 * 255,
                (x, y) -> y % 3 == 0 ? 220 : 30,
                (x, y) -> (x / 2 + y / 2) % 2 * 200,
                (x, y) -> (x * x + y * y) % 97 * 2,
                (x, y) -> (31 * x + 17 * y) % 72 < x ? 255 : 0,
                (x, y) -> x % 8 < 4 ? 0 : 255);
        Upscaler upscaler = Upscaler.load(Models.defaultOf(scale).name());
        for (IntBinaryOperator pattern : patterns) {
            byte[] file = TestPictures.encode(TestPictures.pattern(72, 72, channels, pattern), ImageType.PNG);
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            upscaler.upscale(new ByteArrayInputStream(file), "pattern " + patterns.indexOf(pattern))
                    .to(out, ImageType.PNG);

            assertThat(out.size()).isPositive();
        }
    }
}
