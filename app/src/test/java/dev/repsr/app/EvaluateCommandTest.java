package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path hr = Path.of("");

    @BeforeEach
    void writeModelAndPictures() throws IOException {
        model = TestModels.writeNearest(folder, 2);
        hr = Files.createDirectory(folder.resolve("Noise"));
        TestPictures.writePng(hr, "a.png", 33, 28);
        TestPictures.writePng(hr, "b.png", 40, 24);
    }

    @Test
    void jsonHasTheKeysOfTheContract() {
        Run run = Run.of("evaluate", "-m", model, "--hr", hr, "-s", "2", "--json");

        assertThat(run.err()).isEmpty();
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        assertThat(line.get("model")).isEqualTo("nearest-x2");
        assertThat(line.get("scale")).isEqualTo(2);
        Map<?, ?> set = firstSet(run);
        assertThat(set.keySet().stream().map(String::valueOf))
                .containsExactly(
                        "name", "images", "psnr_y", "ssim_y", "psnr_rgb", "bicubic_psnr_y", "bicubic_ssim_y", "worst");
        assertThat(set.get("name")).isEqualTo("Noise");
        assertThat(set.get("images")).isEqualTo(2);
        assertThat((Map<?, ?>) set.get("worst")).extracting("image").isIn("a", "b");
    }

    @Test
    void savedPicturesAndCsvGiveTheSameScoresAgain() throws IOException {
        Path csv = folder.resolve("scores.csv");
        Path saved = folder.resolve("saved");

        Run run = Run.of("evaluate", "-m", model, "--hr", hr, "--csv", csv, "--save", saved);

        assertThat(run.code()).isZero();
        assertThat(run.outText()).contains("Noise (2)").contains("bicubic").contains("nearest-x2");
        assertThat(Files.readAllLines(csv)).hasSize(3).first().asString().startsWith("set,image,psnr_y");
        assertThat(Files.readAllLines(csv).get(1)).startsWith("Noise,a,");
        assertThat(ImageReader.read(saved.resolve("Noise/a.png"), ImageLimits.defaults())
                        .picture()
                        .width())
                .isEqualTo(32);
    }

    @Test
    void originalsThatTheModelMakesExactlyHaveInfinitePsnr() throws IOException {
        Path lr = Files.createDirectory(folder.resolve("lr"));
        TestPictures.writePng(lr, "cx2.png", 12, 10);
        Path exact = Files.createDirectory(folder.resolve("exact"));
        assertThat(Run.of("upscale", lr.resolve("cx2.png"), "-m", model, "-o", exact.resolve("c.png"))
                        .code())
                .isZero();

        Run run = Run.of("evaluate", "-m", model, "--hr", exact, "--lr", lr, "--json");

        assertThat(run.err()).isEmpty();
        // JSON has no infinity.
        assertThat(firstSet(run).get("psnr_y")).isNull();
        assertThat(run.outText()).doesNotContain("Infinity").contains("\"ssim_y\":1.0");
        assertThat(Run.of("evaluate", "-m", model, "--hr", exact, "--lr", lr).outText())
                .contains("Infinity");
    }

    @Test
    void ensembleOfANetworkWithoutDirectionChangesNothing() {
        Run single = Run.of("evaluate", "-m", model, "--hr", hr, "--json");
        Run ensemble = Run.of("evaluate", "-m", model, "--hr", hr, "--json", "--ensemble");

        assertThat(psnr(ensemble)).isCloseTo(psnr(single), within(1e-9));
    }

    @Test
    void ensembleOfANetworkWithDirectionChangesTheScore() throws IOException {
        Path random = folder.resolve("random.safetensors");
        TestModels.write(TestModels.random(2, 4), random);

        Run single = Run.of("evaluate", "-m", random, "--hr", hr, "--json");
        Run ensemble = Run.of("evaluate", "-m", random, "--hr", hr, "--json", "--ensemble");

        assertThat(psnr(ensemble)).isNotCloseTo(psnr(single), within(1e-3));
    }

    private static double psnr(Run run) {
        return (Double) Objects.requireNonNull(firstSet(run).get("psnr_rgb"));
    }

    private static Map<?, ?> firstSet(Run run) {
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        List<?> sets = (List<?>) Objects.requireNonNull(line.get("sets"));
        return (Map<?, ?>) sets.getFirst();
    }

    @Test
    void brokenAndTooSmallPicturesAreListedAndTheOthersMeasured() throws IOException {
        double before = psnr(Run.of("evaluate", "-m", model, "--hr", hr, "--json"));
        TestPictures.writePng(hr, "small.png", 4, 4);
        Files.writeString(hr.resolve("z.png"), "no picture");
        Path csv = folder.resolve("scores.csv");

        Run plain = Run.of("evaluate", "-m", model, "--hr", hr, "--hr", folder.resolve("none"), "--csv", csv);
        Run json = Run.of("evaluate", "-m", model, "--hr", hr, "--json");

        assertThat(List.of(plain.code(), json.code())).containsOnly(ExitCode.REFUSED);
        assertThat(plain.outText()).contains("Noise (2)");
        assertThat(plain.err()).contains("3 inputs were not measured", "small.png: 4x4", "z.png", "no such folder");
        assertThat(Files.readAllLines(csv)).hasSize(3);
        List<Map<?, ?>> lines = json.outText()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) JsonLines.parse(line))
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).get("input")).isEqualTo(hr.resolve("z.png").toString());
        assertThat(lines.get(1).get("refused")).isEqualTo("not_a_picture");
        assertThat((Map<?, ?>) ((List<?>) Objects.requireNonNull(lines.getLast().get("sets"))).getFirst())
                .extracting("images", "psnr_rgb")
                .containsExactly(2, before);
    }

    /** Too small for the window of SSIM, which then is no number. */
    @Test
    void whatIsNoNumberIsNullInJson() throws IOException {
        Path small = Files.createDirectory(folder.resolve("small"));
        TestPictures.writePng(small, "a.png", 8, 8);

        Run run = Run.of("evaluate", "-m", model, "--hr", small, "--json");

        assertThat(run.code()).isZero();
        assertThat(firstSet(run).get("ssim_y")).isNull();
        assertThat(firstSet(run).get("psnr_y")).isInstanceOf(Double.class);
        assertThat(run.outText()).doesNotContain("NaN");
    }

    @Test
    void wrongWishesAreWrongUsage() {
        assertThat(Run.of("evaluate", "-m", model, "--hr", hr, "-s", "3").code())
                .isEqualTo(2);
        assertThat(Run.of("evaluate", "-m", model, "--hr", hr, "-s", "9").code())
                .isEqualTo(2);
        assertThat(Run.of("evaluate", "-m", model, "--hr", hr, "--modulo", "3").code())
                .isEqualTo(2);
        assertThat(Run.of("evaluate", "-m", model, "--hr", hr, hr, "--lr", hr).code())
                .isEqualTo(2);
        assertThat(Run.of("evaluate", "-m", model).code()).isEqualTo(2);
    }

    @Test
    void missingFolderAndFolderWithoutPicturesAreRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(Run.of("evaluate", "-m", model, "--hr", folder.resolve("none")))
                .satisfies(run -> assertThat(run.code()).isEqualTo(3))
                .satisfies(run -> assertThat(run.err()).hasLineCount(1).contains("none"));
        assertThat(Run.of("evaluate", "-m", model, "--hr", empty).code()).isEqualTo(3);
    }
}
