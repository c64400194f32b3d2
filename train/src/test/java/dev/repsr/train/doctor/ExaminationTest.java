package dev.repsr.train.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    private static final String CONFIG = """
            name: small
            scale: 2
            output: run
            data: {train: [pictures], patch: 8, batch: 2}
            optimiser: {iterations: 100, warmup: 1}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), CONFIG);
        for (int i = 0; i < 20; i++) {
            write("pictures/" + i + ".png", scene(i));
        }
    }

    /** Waves of random directions, different from far away. */
    private static Picture scene(int seed) {
        byte[] samples = new byte[3 * 48 * 40];
        for (int i = 0; i < samples.length; i++) {
            double x = i / 3 % 48 / 48.0;
            int row = i / 144;
            double y = row / 40.0;
            double wave =
                    Math.sin(7 * x * Math.cos(seed) + 9 * y * Math.sin(2.0 * seed) + seed) * Math.cos(4 * x - seed * y);
            samples[i] = (byte) (128 + 100 * wave);
        }
        return Picture.of(new PictureFormat(48, 40, 3, 8), samples);
    }

    private void write(String name, Picture picture) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, TestPictures.encode(picture, ImageType.PNG));
    }

    private List<Finding> examine(String... overrides) throws IOException {
        List<Finding> findings = new ArrayList<>();
        TrainConfig config = TrainConfig.read(folder.resolve("small.yaml"), List.of(overrides));
        new Examination(config, findings::add).run();
        return findings;
    }

    private static List<String> of(Level level, List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.level() == level)
                .map(Finding::message)
                .toList();
    }

    @Test
    void soundPicturesGiveNotesAlone() throws IOException {
        List<Finding> findings = examine();

        assertThat(findings).allMatch(finding -> finding.level() == Level.NOTE);
        assertThat(findings.getFirst().message())
                .isEqualTo(
                        "20 pictures to train on, 0 kept apart; the middle one has 48x40 pixels, the smallest 48x40");
        assertThat(of(Level.NOTE, findings)).contains("each picture will be drawn from 10 times");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aPictureThatIsThereTwiceIsAWarning() throws IOException {
        write("pictures/z/copy.png", Bicubic.resize(scene(4), 60, 50));

        assertThat(of(Level.WARNING, examine()))
                .singleElement()
                .asString()
                .startsWith(folder.resolve("pictures/z/copy.png") + " looks like " + folder.resolve("pictures/4.png"));
    }

    @Test
    void aMeasuredPictureThatIsTrainedOnIsAProblemEvenMirrored() throws IOException {
        Picture scene = scene(6);
        byte[] mirrored = new byte[3 * 48 * 40];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = (byte) scene.sample(47 - i / 3 % 48, i / 144, i % 3);
        }
        write("set/baby.png", Picture.of(scene.format(), mirrored));
        write("set/other.png", scene(99));

        List<Finding> findings = examine("validation.sets=[" + folder.resolve("set") + "]");

        assertThat(of(Level.PROBLEM, findings))
                .singleElement()
                .asString()
                .startsWith(
                        folder.resolve("set/baby.png") + " is measured and, as " + folder.resolve("pictures/6.png"));
    }

    @Test
    void aPictureKeptApartMustNotBeTrainedOnUnderAnotherName() throws IOException {
        // The first of them, 0.png, is kept apart.
        write("pictures/zero-again.png", scene(0));

        assertThat(of(Level.PROBLEM, examine("validation.hold_out=1")))
                .singleElement()
                .asString()
                .contains("0.png", "zero-again.png");
    }

    @Test
    void brokenSmallAndOddPicturesAreNamed() throws IOException {
        TestPictures.writeTruncated(folder.resolve("pictures"), "cut.png");
        write("pictures/low.png", TestPictures.noise(48, 15, 3, 8, 1));
        write("pictures/x-grey.png", TestPictures.noise(48, 40, 1, 16, 2));

        List<Finding> findings = examine();

        assertThat(of(Level.PROBLEM, findings)).singleElement().asString().contains("cut.png");
        assertThat(of(Level.WARNING, findings)).singleElement().asString().contains("low.png", "48x15");
        assertThat(of(Level.NOTE, findings))
                .contains(
                        "1 of them are grey, read as red = green = blue",
                        "1 of them have 16 bits a sample, rounded to 8");
    }

    @Test
    void missingFoldersAndPairsThatDoNotFitAreProblems() throws IOException {
        Path none = folder.resolve("none");
        assertThat(of(Level.PROBLEM, examine("data.train=" + none)))
                .containsExactly(none + ": there is no such folder of training pictures");
        assertThat(of(Level.PROBLEM, examine("validation.sets=" + none)))
                .containsExactly("validation.sets: " + none + ": there is no such folder");
        for (int i = 0; i < 20; i++) {
            write("lr/" + i + ".png", TestPictures.noise(24, i == 3 ? 19 : 20, 3, 8, i));
        }
        assertThat(of(Level.PROBLEM, examine("data.lr=" + folder.resolve("lr"))))
                .singleElement()
                .asString()
                .contains("3.png: 24x19 pixels, but its partner", "needs one of 24x20");
    }

    @Test
    void theSheetShowsSixteenPairs() throws Exception {
        for (String degradation : new String[] {"bicubic", "photo"}) {
            TrainConfig config =
                    TrainConfig.read(folder.resolve("small.yaml"), List.of("data.degradation=" + degradation));
            Picture sheet = PreviewSheet.of(config);

            // Four pairs of 16 pixels a row, gaps of 4.
            assertThat(sheet.width()).isEqualTo(8 * 16 + 7 * 4);
            assertThat(sheet.height()).isEqualTo(4 * 16 + 3 * 4);
            // Each pixel of the small patch is shown as two by two.
            assertThat(sheet.sample(0, 0, 1)).isEqualTo(sheet.sample(1, 1, 1));
            assertThat(sheet.crop(0, 0, 16, 16)).isNotEqualTo(sheet.crop(20, 0, 16, 16));
            assertThat(PreviewSheet.of(config)).isEqualTo(sheet);
        }
    }
}
