package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.check.OutputDisagrees;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                        .hasMessageContaining("in.png");
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
                .selfCheck(false)
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
}
