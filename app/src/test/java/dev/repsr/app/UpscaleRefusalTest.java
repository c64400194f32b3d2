package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.PlantedModels;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscaleRefusalTest {
    @TempDir
    private Path folder;

    @Test
    void modelThatDoesNotEnlargeIsRefusedAndRunsWhereTheCheckIsOff() throws IOException {
        Path photo = TestPictures.writeScene(folder, "scene.png", 32, 24);
        Path model = folder.resolve("black.safetensors");
        TestModels.write(PlantedModels.BLACK.model(2), model);

        Run refused = Run.of("upscale", photo, "-m", model);
        Run strict = Run.of("upscale", photo, "-m", model, "--self-check", "STRICT");
        Run off = Run.of("upscale", photo, "-m", model, "--self-check", "off");

        assertThat(List.of(refused.code(), strict.code())).containsOnly(4);
        assertThat(refused.err()).hasLineCount(1).contains("a known photograph").contains("--self-check off");
        assertThat(off.code()).as(off.err()).isZero();
        assertThat(Run.of("upscale", photo, "-s", "2", "--overwrite", "--self-check", "strict")
                        .code())
                .isZero();
        Run unknown = Run.of("upscale", photo, "--self-check", "maybe");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("'maybe'; on, off and strict are allowed");
    }

    /** 255 bytes are the most that usual file systems take; the output's name has three more than a PNG's. */
    @ParameterizedTest
    @CsvSource({"252, 0", "253, 3", "255, 3"})
    void nameThatBecomesTooLongIsRefusedBeforeTheWork(int bytes, int code) throws IOException {
        Path model = TestModels.writeNearest(folder, 2);
        Path in = Files.createDirectory(folder.resolve("in"));
        TestPictures.writePng(in, "a.png", 8, 8);
        Path named = TestPictures.writePng(in, "\u00e4".repeat(3) + "b".repeat(bytes - 10) + ".png", 8, 8);
        Path comic = Files.createFile(in.resolve("c".repeat(bytes - 4) + ".cbz"));

        Run dry = Run.of("upscale", named, "-m", model, "--dry-run");
        Run tree = Run.of("upscale", in, "-m", model, "-o", folder.resolve("out"), "--json");
        Run dryTree = Run.of("upscale", in, "-m", model, "-o", folder.resolve("none/dry"), "--dry-run", "--json");
        Run one = Run.of("upscale", named, "-m", model);
        Run chosen = Run.of("upscale", named, "-m", model, "-o", folder.resolve("chosen.png"));

        assertThat(List.of(dry.code(), one.code())).containsOnly(code);
        assertThat(folder.resolve("out/a_x2.png")).exists();
        assertThat(chosen.code()).isZero();
        if (code != 0) {
            assertThat(one.err())
                    .hasLineCount(1)
                    .contains("longer name than is possible")
                    .doesNotContain("%");
            for (Run run : List.of(tree, dryTree)) {
                assertThat(run.outText().lines().filter(line -> line.contains("name_too_long")))
                        .hasSize(2)
                        .anyMatch(line -> line.contains(comic.getFileName().toString()));
            }
        }
    }

    @Test
    void oneFileIsNotTheOutputOfSeveralPictures() throws IOException {
        Path a = TestPictures.writePng(folder, "a.png", 8, 8);
        Path b = TestPictures.writePng(folder, "b.png", 8, 8);
        Path existing = TestPictures.writePng(folder, "existing", 8, 8);
        for (Path output : new Path[] {folder.resolve("x.png"), folder.resolve("x.cbz"), existing}) {
            Run two = Run.of("upscale", a, b, "-o", output, "--overwrite");
            Run tree = Run.of("upscale", folder, "-o", output, "--overwrite");

            assertThat(List.of(two.code(), tree.code())).as(output.toString()).containsOnly(2);
            assertThat(two.err())
                    .hasLineCount(1)
                    .contains(output + " is one file")
                    .contains(output + "/");
        }
        assertThat(folder.resolve("x.png")).doesNotExist();
        assertThat(Run.of("upscale", a, b, "-s", "2", "-o", folder + "/x.png/").code())
                .isZero();
        assertThat(folder.resolve("x.png/a_x2.png")).exists();
    }

    @Test
    void resultOfManyTimesTheBytesIsRemarkedWithWhatHelps() throws IOException {
        Path photo = Path.of("../samples/pepper.jpg");

        Run large = Run.of("upscale", photo, "-m", "fast", "-o", folder.resolve("a.png"));
        Run quiet = Run.of("upscale", photo, "-m", "fast", "-o", folder.resolve("b.png"), "-q");
        Run small = Run.of("upscale", photo, "-o", folder.resolve("a.jpg"), "--quality", "60");

        assertThat(large.err())
                .hasLineCount(1)
                .contains("a.png has")
                .contains("times as much as")
                .contains("-f jpg");
        assertThat(quiet.err()).isEmpty();
        assertThat(small.err()).isEmpty();
    }
}
