package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"half.safetensors", "half.pth", "half.onnx", "half.param"})
    void writesEveryFormatAndTheResultUpscales(String name) throws IOException {
        Path nearest = TestModels.writeNearest(folder, 2);
        Path random = folder.resolve("random.safetensors");
        TestModels.write(TestModels.random(2, 1), random);
        Path out = folder.resolve(name);

        Run run = Run.of("mix", nearest, random, "0.5", "-o", out, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        assertThat(line.get("inputs")).isEqualTo(List.of(nearest.toString(), random.toString()));
        assertThat(line.get("share")).isEqualTo(0.5);
        assertThat(line.get("max_difference")).isEqualTo(0.0);
        Model mixed = ModelFile.open(out);
        assertThat(mixed.network())
                .isEqualTo(TestModels.nearest(2)
                        .network()
                        .mixedWith(TestModels.random(2, 1).network(), 0.5));
        assertThat(mixed.name()).isEqualTo("half");
        Path photo = TestPictures.writeScene(folder, "photo.png", 20, 16);
        assertThat(Run.of("upscale", photo, "-m", out, "--self-check", "off").code())
                .isZero();
    }

    @Test
    void aFolderGetsAFileThatIsNamedByBothModels() throws IOException {
        Path nearest = TestModels.writeNearest(folder, 2);

        Run run = Run.of("mix", nearest, nearest, "0.25", "-o", folder, "-f", "safetensors");

        assertThat(run.code()).as(run.err()).isZero();
        Model mixed = ModelFile.open(folder.resolve("nearest-x2-nearest-x2-0.25.safetensors"));
        assertThat(mixed.network()).isEqualTo(TestModels.nearest(2).network());
        assertThat(mixed.metadata()).containsKey(ModelFile.MIX);
    }

    @Test
    void builtInNamesAreModels() throws IOException {
        Path out = folder.resolve("same.safetensors");

        assertThat(Run.of("mix", "repsr-m4c16-x2", "repsr-m4c16-x2", "1", "-o", out)
                        .code())
                .isZero();
        assertThat(ModelFile.open(out).network())
                .isEqualTo(Models.open("repsr-m4c16-x2").network());
    }

    @Test
    void differentShapesAreRefusedInOneSentenceWithBoth() {
        Run run = Run.of("mix", "repsr-m4c16-x2", "repsr-m4c16-x4", "0.5", "-o", folder.resolve("mix.pth"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("repsr-m4c16-x2 is M4C16 for scale 2 and repsr-m4c16-x4 is M4C16 for scale 4");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"1.5, out of range", "-0.1, out of range", "NaN, out of range", "half, no number"})
    void sharesOutOfRangeAreWrongUsage(String share, String why) {
        Run run = Run.of("mix", "repsr-m4c16-x2", "repsr-m4c16-x2", share, "-o", folder.resolve("mix.pth"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(why);
        assertThat(folder).isEmptyDirectory();
    }
}
