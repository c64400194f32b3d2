package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.convert.Conversion;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.Precision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
    @TempDir
    private Path home;

    private Path models = Path.of("");

    @BeforeEach
    void thisIsWhereTheProgramLies() throws IOException {
        System.setProperty(ModelFolders.HOME, home.toString());
        models = Files.createDirectory(home.resolve("models"));
    }

    @AfterEach
    void itLiesNowhere() {
        System.clearProperty(ModelFolders.HOME);
    }

    @Test
    void foldersAreThoseNamedThenTheUsersThenTheProgramsOwn() {
        Map<String, String> environment = Map.of(
                "REPSR_MODELS", "/a" + File.pathSeparator + "/b", "XDG_DATA_HOME", "/data", "LOCALAPPDATA", "/win");

        assertThat(folders(environment, "Linux")).containsExactly("/a", "/b", "/data/repsr/models", home + "/models");
        assertThat(folders(Map.of("XDG_DATA_HOME", "not/absolute"), "Linux"))
                .containsExactly("/home/me/.local/share/repsr/models", home + "/models");
        assertThat(folders(Map.of(), "Mac OS X"))
                .containsExactly("/home/me/Library/Application Support/repsr/models", home + "/models");
        assertThat(folders(environment, "Windows 11")).contains("/win/repsr/models");
        assertThat(folders(Map.of(), "Windows 11")).containsExactly(home + "/models");
    }

    private List<String> folders(Map<String, String> environment, String system) {
        Properties properties = new Properties();
        properties.setProperty("os.name", system);
        properties.setProperty("user.home", "/home/me");
        properties.setProperty(ModelFolders.HOME, home.toString());
        return ModelFolders.of(environment, properties).folders().stream()
                .map(Path::toString)
                .toList();
    }

    @Test
    void fileOfAnyFormatIsKnownByItsNameWithoutEnding() throws IOException {
        TestModels.write(TestModels.nearest(2), models.resolve("mine.safetensors"));
        Conversion.write(
                TestModels.random(3, 1), models.resolve("3x-other.param"), ModelFormat.NCNN, Precision.FLOAT32);

        assertThat(Models.open("mine").network())
                .isEqualTo(TestModels.nearest(2).network());
        assertThat(Models.open("3x-other").network())
                .isEqualTo(TestModels.random(3, 1).network());
        assertThat(Upscaler.load("mine").model().name()).isEqualTo("nearest-x2");
        assertThat(Models.isName("mine")).isTrue();
        assertThat(Models.isName("mine.safetensors")).isFalse();
    }

    @Test
    void misspeltNameSuggestsAFileToo() throws IOException {
        TestModels.write(TestModels.nearest(2), models.resolve("anime-lines.safetensors"));

        assertThatThrownBy(() -> Models.open("anime-line"))
                .isInstanceOf(UnknownModel.class)
                .hasMessageContaining("did you mean anime-lines?");
    }

    @Test
    void builtInNamesAndShortNamesKeepTheirMeaning() throws IOException {
        TestModels.write(TestModels.nearest(4), models.resolve("repsr-m4c16-x4.safetensors"));
        TestModels.write(TestModels.nearest(4), models.resolve("clean.safetensors"));

        assertThat(Models.open("repsr-m4c16-x4").name()).isEqualTo("repsr-m4c16-x4");
        assertThat(Models.open("repsr-m4c16-x4").network())
                .isNotEqualTo(TestModels.nearest(4).network());
        assertThat(Models.open("clean"))
                .isEqualTo(Models.open(Models.best(ShortName.CLEAN, 4).name()));
    }

    @Test
    void nameThatTwoFilesHaveIsRefusedWithBoth() throws IOException {
        TestModels.write(TestModels.nearest(2), models.resolve("mine.safetensors"));
        Conversion.write(TestModels.nearest(2), models.resolve("mine.pth"), ModelFormat.PTH, Precision.FLOAT32);

        assertThatThrownBy(() -> Models.open("mine"))
                .isInstanceOf(UnknownModel.class)
                .hasMessageContaining("2 models are called 'mine'")
                .hasMessageContaining("mine.pth")
                .hasMessageContaining("mine.safetensors");
    }

    @Test
    void folderThatIsNamedTwiceCountsOnce() throws IOException {
        TestModels.write(TestModels.nearest(2), models.resolve("mine.safetensors"));
        Path link = Files.createSymbolicLink(home.resolve("link"), models);

        assertThat(new ModelFolders(List.of(models, link, models, home.resolve("none"))).entries())
                .extracting(ModelFolders.Entry::name)
                .containsExactly("mine");
    }

    @Test
    void namesNeverLeadOutOfTheFolder() throws IOException {
        TestModels.write(TestModels.nearest(2), home.resolve("outside.safetensors"));
        Files.createSymbolicLink(models.resolve("linked.safetensors"), home.resolve("outside.safetensors"));
        Files.createDirectory(models.resolve("deep"));
        TestModels.write(TestModels.nearest(2), models.resolve("deep/inner.safetensors"));

        assertThatThrownBy(() -> Models.open("linked"))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("a link, which is not followed");
        for (String name : List.of("../outside", "deep/inner")) {
            assertThatThrownBy(() -> Models.open(name))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("no such model file");
        }
        assertThatThrownBy(() -> Models.open("inner")).isInstanceOf(UnknownModel.class);
        assertThatThrownBy(() -> Models.open("..")).isInstanceOf(ModelRefused.class);
    }
}
