package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        TestPictures.writePng(pictures, "a.png", 48, 48);
        config = Files.writeString(
                folder.resolve("tiny.yaml"),
                "name: tiny\nscale: 2\noutput: run\ndata: {train: [pictures], patch: 8, batch: 2}\n");
    }

    @Test
    void soundDataGiveExitCodeZeroAndASheet() throws IOException {
        Path sheet = folder.resolve("sheet.png");

        Run run = Run.of("doctor", config, "--preview", sheet);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText()).contains("1 pictures to train on", "ready to train, with warnings");
        assertThat(ImageReader.read(sheet, ImageLimits.defaults()).picture().width())
                .isEqualTo(8 * 16 + 7 * 4);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void measuringOnTrainingPicturesIsRefused() {
        Run run = Run.of("doctor", config, "--json", "--set", "validation.sets=" + folder.resolve("pictures"));

        assertThat(run.code()).isEqualTo(3);
        Map<?, ?> last = (Map<?, ?>) JsonLines.parse(run.outText().lines().reduce("", (before, line) -> line));
        assertThat(last.get("event")).isEqualTo("done");
        assertThat(last.get("problems")).isEqualTo(1);
        assertThat(last.get("pictures")).isEqualTo(1);
        assertThat(run.outText()).contains("\"level\":\"problem\"", "is measured and");
    }

    @Test
    void wrongConfigurationsAreWrongUsage() {
        assertThat(Run.of("doctor", config, "--set", "data.trian=x").code()).isEqualTo(2);
        assertThat(Run.of("doctor", config, "--preview", folder.resolve("a.jpg"))
                        .code())
                .isEqualTo(2);
        assertThat(Run.of("doctor", folder.resolve("none.yaml")).code()).isEqualTo(3);
    }
}
