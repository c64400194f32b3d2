package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.Treatment;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscaleSizeTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path models;

    private Path model = Path.of("");
    private Path photo = Path.of("");

    @BeforeEach
    void writeModelAndPhoto() throws IOException {
        model = TestModels.writeNearest(models, 4);
        photo = TestPictures.writePng(folder, "photo.png", 12, 8);
    }

    @ParameterizedTest
    @CsvSource({
        "-s,          1.5, photo_x1.5.png,  18, 12, RESAMPLED",
        "-s,          4,   photo_x4.png,    48, 32, ENLARGED",
        "-s,          1,   photo_x1.png,    12,  8, COPIED",
        "--width,     30,  photo_30w.png,   30, 20, RESAMPLED",
        "--height,    8,   photo_8h.png,    12,  8, COPIED",
        "--long-side, 48,  photo_48l.png,   48, 32, ENLARGED",
        "--width,      6,  photo_6w.png,     6,  4, REDUCED",
        "--height,     2,  photo_2h.png,     3,  2, REDUCED",
        "--long-side,  5,  photo_5l.png,     5,  3, REDUCED"
    })
    void anySizeCanBeReachedAndItSaysHow(
            String option, String value, String name, int width, int height, Treatment treatment) throws IOException {
        Run run = Run.of("upscale", photo, "-m", model, option, value, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        Picture picture =
                ImageReader.read(folder.resolve(name), ImageLimits.defaults()).picture();
        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        assertThat(line.get("width")).isEqualTo(width);
        assertThat(line.get("resampled")).isEqualTo(treatment.resamples());
        assertThat(line.get("copied")).isEqualTo(treatment == Treatment.COPIED);
    }

    @Test
    void builtInNetworkThatFitsIsChosen() throws IOException {
        Run run = Run.of("upscale", photo, "-s", "2.5");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText())
                .contains("photo_x2.5.png: 30x20, " + Models.defaultOf(3).name() + " (3 times) and resampled");
    }

    @Test
    void twoNetworksInTurnAreSaidAndPlanned() throws IOException {
        Run dry = Run.of("upscale", photo, "-s", "7", "--dry-run");
        Run run = Run.of("upscale", photo, "-s", "7");

        String two = Models.defaultOf(2).name();
        String four = Models.defaultOf(4).name();
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.outText()).contains("12x8 becomes 84x56, " + two + " then " + four + " and resampled");
        assertThat(run.outText())
                .contains("photo_x7.png: 84x56, " + two + " then " + four + " (8 times) and resampled");
        assertThat(Run.of("upscale", photo, "--width", "160", "--dry-run").outText())
                .contains("12x8 becomes 160x107, " + four + " then " + four + " and resampled");
    }

    @Test
    void twoSizesAreWrongUsage() throws IOException {
        Run run = Run.of("upscale", photo, "-m", model, "-s", "2", "--width", "100");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("only one of them");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(photo);
        }
    }

    @Test
    void dryRunRefusesWhatTheFormatCannotHold() throws IOException {
        Path wide = TestPictures.writePng(folder, "wide.png", 4096, 2);

        Run run = Run.of("upscale", wide, "-m", model, "-f", "webp", "--dry-run");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("16383", "16384x8");
    }

    @Test
    void dryRunKnowsSizesFarBeyondTheLargestEnlargement() {
        Run run = Run.of("upscale", photo, "-m", model, "--width", "240", "--dry-run");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText()).contains("12x8 becomes 240x160");
    }
}
