package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.Psnr;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityComparisonTest {
    private static final int WIDTH = 56;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    /** Waves of several lengths: something for a network to find. */
    private static Picture picture(int phase) {
        byte[] samples = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % WIDTH;
            int y = i / 3 / WIDTH;
            samples[i] = (byte) (int) (128 + 60 * Math.sin(0.9 * x + phase) + 50 * Math.cos(0.05 * x * y + i % 3));
        }
        return Picture.of(new PictureFormat(WIDTH, HEIGHT, 3, 8), samples);
    }

    private Path sets() throws IOException {
        for (String set : List.of("Set5", "Set14", "B100", "Urban100")) {
            Path data = Files.createDirectories(folder.resolve("data").resolve(set));
            BeforeAfter.write(picture(set.length()), data.resolve("waves.png"));
        }
        return folder.resolve("data");
    }

    @Test
    void aRowOfTheTableIsWhatEvaluateMeasures() throws IOException {
        Path data = sets();
        QualityArguments arguments =
                new QualityArguments(data, List.of(), List.of(), List.of(), List.of(2), Optional.empty());

        String page = new QualityComparison(arguments, "the command").run();

        Judged network = Judged.network(Models.defaultOf(2).name());
        SetScore score = BenchmarkSet.load(data.resolve("Set14"), null, 2, 2)
                .score(lr -> network.enlarger().enlarge(lr), (image, sr) -> {});
        String row = page.lines()
                .filter(line -> line.startsWith("| " + network.name() + " |"))
                .findFirst()
                .orElseThrow();
        assertThat(row.split(" \\| ", -1)[2])
                .isEqualTo(
                        String.format(Locale.ROOT, "%.2f (%.2f) %.4f", score.psnrY(), score.psnrRgb(), score.ssimY()));
        assertThat(page).contains("`the command`", "## Sound pictures, x2").doesNotContain("pictures, x4");
        SequencedMap<String, String> another = new LinkedHashMap<>(Map.of("Sound pictures, x4", "four\n"));
        assertThat(QualityPage.withParts(page, another)).contains(row, "four");
    }

    @Test
    void aModelForPhotographsIsMeasuredUnderEveryFlawAndShown() throws IOException {
        Path model = folder.resolve("mine.safetensors");
        Model network = Models.open("repsr-m4c16-x4");
        AtomicFile.write(model, out -> ModelFile.write(network, out));
        Path sample = folder.resolve("sample.png");
        BeforeAfter.write(
                BeforeAfter.grid(List.of(
                        List.of(picture(1), picture(2), picture(3), picture(4), picture(5)),
                        List.of(picture(1), picture(2), picture(3), picture(4), picture(5)),
                        List.of(picture(1), picture(2), picture(3), picture(4), picture(5)),
                        List.of(picture(1), picture(2), picture(3), picture(4), picture(5)))),
                sample);
        Path page = folder.resolve("quality.md");
        QualityArguments arguments = new QualityArguments(
                sets(), List.of(), List.of(model.toString()), List.of(sample), List.of(4), Optional.of(page));

        String text = new QualityComparison(arguments, "the command").run();

        assertThat(Files.readString(page)).isEqualTo(text);
        List<String> rows = text.lines()
                .filter(line -> line.matches("\\| (none|[0-9]+) \\| [0-9]+ \\|.*"))
                .toList();
        assertThat(rows).hasSize(20).first().asString().startsWith("| none | 0 | ");
        assertThat(rows).last().asString().startsWith("| 30 | 14 | ");
        Picture sheet = ImageReader.read(page.resolveSibling("quality.png"), ImageLimits.defaults())
                .picture();
        // Bicubic, the default, the model and the original; two kinds of flaws.
        int columns = rows.getFirst().split(" \\| ", -1).length - 2 + 1;
        assertThat(sheet.width()).isEqualTo(columns * (192 + 6) - 6);
        assertThat(sheet.height()).isEqualTo(2 * (192 + 6) - 6);
    }

    @Test
    void noiseIsAsStrongAsSaidAndJpegIsWorseTheLowerItsQuality() throws IOException {
        Picture grey = Picture.of(new PictureFormat(64, 64, 3, 8), filled(64 * 64 * 3, (byte) 128));
        double noise = Psnr.rgb(grey, new Flaws(8, Flaws.NO_JPEG).spoil(grey, 3), 0);
        // 20 log10(255 / 8), and a hundredth for rounding; 12288 samples.
        assertThat(noise).isBetween(29.7, 30.4);
        assertThat(new Flaws(8, 50).spoil(grey, 3)).isEqualTo(new Flaws(8, 50).spoil(grey, 3));

        double last = 100;
        for (int quality : List.of(90, 70, 50, 30)) {
            double psnr = Psnr.y(picture(0), new Flaws(0, quality).spoil(picture(0), 3), 0);
            assertThat(psnr).isLessThan(last).isGreaterThan(20);
            last = psnr;
        }
        assertThat(new Flaws(0, Flaws.NO_JPEG).spoil(grey, 3)).isSameAs(grey);
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    @Test
    void argumentsAreReadOrRefusedWithASentence() {
        QualityArguments arguments =
                QualityArguments.parse("--data", "sets", "--models", "a.pth,b.pth", "--scales", "2,4", "-o", "q.md");
        assertThat(arguments.models()).containsExactly("a.pth", "b.pth");
        assertThat(arguments.scales()).containsExactly(2, 4);
        assertThatThrownBy(() -> QualityArguments.parse("--models", "a.pth")).hasMessageContaining("--data");
        assertThatThrownBy(() -> QualityArguments.parse("--data")).hasMessageContaining("value");
        assertThatThrownBy(() -> QualityArguments.parse("--sets", "x")).hasMessageContaining("--sets");
    }
}
