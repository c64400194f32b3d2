package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.ModelFolders;
import dev.repsr.Models;
import dev.repsr.ShortName;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelNamesTest {
    @TempDir
    private Path home;

    private Path models = Path.of("");

    @BeforeEach
    void modelsLieBesideTheProgram() throws IOException {
        System.setProperty(ModelFolders.HOME, home.toString());
        models = Files.createDirectory(home.resolve("models"));
        TestModels.write(TestModels.nearest(2), models.resolve("mine.safetensors"));
    }

    @AfterEach
    void theProgramLiesNowhere() {
        System.clearProperty(ModelFolders.HOME);
    }

    @Test
    void nameOfAFileIsTakenWhereverAModelIsNamed() throws IOException {
        Path photo = TestPictures.writeScene(home, "photo.png", 20, 16);
        Path originals = Files.createDirectory(home.resolve("hr"));
        TestPictures.writeScene(originals, "a.png", 40, 32);

        for (Run run : Stream.of(
                        Run.of("upscale", photo, "-m", "mine"),
                        Run.of("evaluate", "-m", "mine", "--hr", originals),
                        Run.of("bench", "-m", "mine", "--size", "32x16"),
                        Run.of("convert", "mine", home.resolve("out.onnx")),
                        Run.of("mix", "mine", "mine", "0.5", "-o", home.resolve("out.pth")),
                        Run.of("models", "info", "mine"))
                .toList()) {
            assertThat(run.code()).as(run.err()).isZero();
        }
        assertThat(home.resolve("photo_x2.png")).exists();
    }

    @Test
    void columnsStandBelowEachOtherHoweverLongANameIs() throws IOException {
        String name = "a-name-that-is-longer-than-any-of-those-that-are-built-in";
        TestModels.write(TestModels.nearest(2), models.resolve(name + ".safetensors"));

        List<String> lines = Run.of("models").outText().lines().toList();

        int column = lines.getFirst().indexOf("licence");
        assertThat(lines).anyMatch(line -> line.startsWith(name + " "));
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.substring(column - 1, column)).isBlank())
                .allSatisfy(line -> assertThat(line.charAt(column)).isNotEqualTo(' '));
    }

    @Test
    void listTellsOfFilesWhereTheyLieAndWhatIsWrongWithThem() throws IOException {
        Files.writeString(models.resolve("broken.safetensors"), "no model");
        TestModels.write(TestModels.nearest(3), models.resolve("clean.safetensors"));
        Files.copy(models.resolve("mine.safetensors"), models.resolve("mine.pt"));
        Files.writeString(models.resolve("notes.txt"), "no model");

        Run run = Run.of("models");
        Run json = Run.of("models", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText())
                .contains(models.resolve("mine.safetensors") + " 2 models have this name: name the file")
                .contains(models.resolve("clean.safetensors") + " this name is built in: name the file")
                .contains("broken: not read: broken.safetensors: not a safetensors file")
                .doesNotContain("notes");
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(json.outText());
        List<?> listed = (List<?>) line.get("models");
        assertThat(listed)
                .anySatisfy(model -> assertThat(((Map<?, ?>) model).get("source"))
                        .isEqualTo(models.resolve("mine.pt").toString()));
        assertThat(listed).anySatisfy(model -> {
            assertThat(((Map<?, ?>) model).get("source")).isEqualTo("built in");
            assertThat(((Map<?, ?>) model).get("short_names")).isEqualTo(List.of("fast"));
        });
        List<?> refused = (List<?>) Objects.requireNonNull(line.get("refused"));
        assertThat(refused).hasSize(1);
        assertThat(((Map<?, ?>) refused.getFirst()).get("name")).isEqualTo("broken");
        assertThat(((Map<?, ?>) refused.getFirst()).get("refused")).isEqualTo("not_a_model");
    }

    @Test
    void brokenFileIsRefusedWithItsReasonWhenItIsNamed() throws IOException {
        Files.writeString(models.resolve("broken.safetensors"), "no model");
        Path photo = TestPictures.writeScene(home, "photo.png", 20, 16);

        Run run = Run.of("upscale", photo, "-m", "broken");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("broken.safetensors: not a safetensors file");
    }

    @Test
    void shortNamesAreTheNetsOfTheScaleThatIsAskedFor() throws IOException {
        Path photo = TestPictures.writeScene(home, "photo.png", 20, 16);

        Run three = Run.of("upscale", photo, "-m", "clean", "-s", "3");
        Run usual = Run.of("upscale", photo, "-m", "fast", "--json");
        Run drawing = Run.of("upscale", photo, "-m", "drawing", "-s", "2");

        assertThat(three.outText())
                .contains("photo_x3.png: 60x48, "
                        + Models.best(ShortName.CLEAN, 3).name() + ",");
        assertThat(usual.outText()).contains("photo_x4.png").contains("\"scale\":4");
        assertThat(drawing.outText())
                .contains("photo_x2.png: 40x32, "
                        + Models.best(ShortName.DRAWING, 4).name() + " (4 times) and resampled");
    }
}
