package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleCommandTest {
    @TempDir
    private Path models;

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path photo = Path.of("");

    @BeforeEach
    void writeModelAndPhoto() throws IOException {
        model = TestModels.writeNearest(models, 4);
        photo = TestPictures.writePng(folder, "photo.png", 12, 8);
    }

    @Test
    void enlargedPictureLiesBesideTheInputAndIsNamed() throws IOException {
        Run run = Run.of("upscale", photo, "-m", model);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outText())
                .matches("\\Q" + folder.resolve("photo_x4.png") + "\\E: 48x32, nearest-x4, [0-9]+\\.[0-9] s\\R");
        assertThat(sizeOf(folder.resolve("photo_x4.png"))).containsExactly(48, 32);
        Picture before = read(photo).picture();
        Picture after = read(folder.resolve("photo_x4.png")).picture();
        assertThat(after.sample(47, 31, 2)).isEqualTo(before.sample(11, 7, 2));
    }

    @Test
    void jsonHasOneLineForEachInputWithTheKeysOfTheContract() {
        Path missing = folder.resolve("missing.png");

        Run run = Run.of("upscale", photo, missing, "-m", model, "--json");

        assertThat(run.code()).isEqualTo(3);
        List<String> lines = run.outText().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(json(lines.get(0)))
                .containsEntry("input", photo.toString())
                .containsEntry("output", folder.resolve("photo_x4.png").toString())
                .containsEntry("model", "nearest-x4")
                .containsEntry("scale", 4)
                .containsEntry("width", 48)
                .containsEntry("height", 32)
                .containsEntry("warnings", List.of())
                .containsKeys("millis");
        assertThat(json(lines.get(1)))
                .containsEntry("input", missing.toString())
                .containsEntry("refused", "missing")
                .containsKey("message");
    }

    @Test
    void quietRunSaysNothing() {
        Run run = Run.of("upscale", "-q", photo, "-m", model);

        assertThat(run.code()).isZero();
        assertThat(run.outText()).isEmpty();
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg,  ,     JPEG", //
        "a.PNG,  ,     PNG",
        "a.jpeg, jpg,  JPEG",
        "a.png,  same, PNG",
        "a,      jpg,  JPEG"
    })
    void formatComesFromTheEndingOrFromTheOption(String name, String format, ImageType expected) throws IOException {
        Path output = folder.resolve(name);

        Run run = format == null
                ? Run.of("upscale", photo, "-m", model, "-o", output)
                : Run.of("upscale", photo, "-m", model, "-o", output, "-f", format);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(read(output).type()).isEqualTo(expected);
    }

    @Test
    void lowerQualityGivesASmallerJpeg() throws IOException {
        Path fine = folder.resolve("fine.jpg");
        Path coarse = folder.resolve("coarse.jpg");

        assertThat(Run.of("upscale", photo, "-m", model, "-o", fine, "--quality", "100")
                        .code())
                .isZero();
        assertThat(Run.of("upscale", photo, "-m", model, "-o", coarse, "--quality", "20")
                        .code())
                .isZero();
        assertThat(Files.size(coarse)).isLessThan(Files.size(fine) / 2);
    }

    @Test
    void severalInputsGoToAFolderThatIsMade() throws IOException {
        Path second = TestPictures.writePng(folder, "second.png", 3, 3);
        Path out = folder.resolve("new/out");

        Run run = Run.of("upscale", photo, second, "-m", model, "-o", out, "-f", "jpg");

        assertThat(run.code()).isZero();
        assertThat(names(out)).containsExactlyInAnyOrder("photo_x4.jpg", "second_x4.jpg");
    }

    @Test
    void existingFolderTakesASingleOutput() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));

        assertThat(Run.of("upscale", photo, "-m", model, "-o", out).code()).isZero();
        assertThat(names(out)).containsExactly("photo_x4.png");
    }

    @Test
    void standardInputGoesToStandardOutput() throws IOException {
        Run run = Run.withInput(Files.readAllBytes(photo), "upscale", "-", "-m", model);

        assertThat(run.code()).isZero();
        Picture picture = ImageReader.read(new ByteArrayInputStream(run.out()), "out", ImageLimits.defaults())
                .picture();
        assertThat(picture.width()).isEqualTo(48);
        assertThat(run.err()).contains("48x32");
    }

    @Test
    void restIsDoneWhenSomeInputsAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "this is not a picture");
        Path second = TestPictures.writePng(folder, "second.png", 3, 3);

        Run run = Run.of("upscale", text, folder.resolve("missing.png"), second, "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.outText()).contains("second_x4.png").hasLineCount(1);
        assertThat(run.err()).contains("2 of 3 inputs").contains("text.png").contains("missing.png");
        assertThat(names(folder)).containsExactlyInAnyOrder("photo.png", "second.png", "second_x4.png", "text.png");
    }

    @Test
    void damagedPictureIsEnlargedWithAWarningButRefusedWhenStrict() throws IOException {
        Path damaged = TestPictures.writeTruncated(folder, "damaged.jpg");

        Run strict = Run.of("upscale", damaged, "-m", model, "--strict");
        assertThat(strict.code()).isEqualTo(3);
        assertThat(strict.err()).hasLineCount(1).contains("damaged.jpg");
        assertThat(names(folder)).containsExactlyInAnyOrder("photo.png", "damaged.jpg");

        Run lenient = Run.of("upscale", damaged, "-m", model, "--json");
        assertThat(lenient.code()).isZero();
        assertThat(lenient.err()).contains("warning").contains("damaged.jpg");
        assertThat((List<?>) json(lenient.outText()).get("warnings")).isNotEmpty();
    }

    @Test
    void truncatedPngIsRefusedAndLeavesNothing() throws IOException {
        Path truncated = TestPictures.writeTruncated(folder, "truncated.png");

        Run run = Run.of("upscale", truncated, "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("truncated.png");
        assertThat(names(folder)).containsExactlyInAnyOrder("photo.png", "truncated.png");
    }

    @Test
    void existingOutputIsRefusedUntilOverwriteIsGiven() throws IOException {
        Path output = Files.writeString(folder.resolve("photo_x4.png"), "mine");

        Run refused = Run.of("upscale", photo, "-m", model);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).hasLineCount(1).contains("--overwrite");
        assertThat(output).hasContent("mine");

        assertThat(Run.of("upscale", photo, "-m", model, "--overwrite").code()).isZero();
        assertThat(sizeOf(output)).containsExactly(48, 32);
    }

    @Test
    void inputIsNotOverwritten() {
        Run run = Run.of("upscale", photo, "-m", model, "-o", photo, "--overwrite");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("is the input itself");
    }

    @Test
    void twoInputsNeverShareOneOutput() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path sameName = TestPictures.writePng(other, "photo.png", 3, 3);
        Path out = folder.resolve("out");

        Run run = Run.of("upscale", photo, sameName, "-m", model, "-o", out, "--overwrite");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("photo_x4.png");
        assertThat(out).doesNotExist();
    }

    @Test
    void limitOfMegapixelsIsKept() throws IOException {
        Path large = TestPictures.writePng(folder, "large.png", 1100, 1000);

        Run run = Run.of("upscale", large, "-m", model, "--max-megapixels", "1");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("1100x1000").endsWith("(--max-megapixels)\n");
    }

    @Test
    void limitOfMemoryIsKept() {
        Run run = Run.of("upscale", photo, "-m", model, "--memory", "1k");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).endsWith("(--memory)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "0.5", "0", "-4", "8.01", "four", "1e1"})
    void scaleOutOfRangeIsWrongUsage(String scale) throws IOException {
        Run run = Run.of("upscale", photo, "-m", model, "-s", scale);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(scale);
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @Test
    void scaleBeyondEightIsWrongUsage() throws IOException {
        Run run = Run.of("upscale", photo, "-s", "9");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("9 times");
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @Test
    void dryRunOfAPictureWritesNothing() throws IOException {
        Run run = Run.of("upscale", photo, "-m", model, "--dry-run");

        assertThat(run.code()).isZero();
        assertThat(run.outText())
                .contains("12x8 becomes 48x32")
                .contains("1 file,")
                .contains("nothing was written");
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unknown",
                "--width=0",
                "--height=tall",
                "--long-side=-5",
                "--threads=0",
                "--threads=many",
                "--engine=warp",
                "--quality=101",
                "--quality=90",
                "--memory=lots",
                "--memory=0",
                "--max-megapixels=0",
                "-f=bmp",
                "-o=a.bmp",
                "-o=noending",
                "-s=",
                "--model=repsr-m9c9-x4"
            })
    void wrongOptionIsOneLineAndWritesNothing(String option) throws IOException {
        Run run = option.contains("model")
                ? Run.of("upscale", photo, option)
                : Run.of("upscale", photo, "-m", model, option);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).startsWith("repsr: ");
        assertThat(run.outText()).isEmpty();
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @Test
    void emptyNameIsWrongUsageAndNotTheFolderOneIsIn() throws IOException {
        for (Run run : List.of(
                Run.of("upscale", "", "-m", model),
                Run.of("upscale", photo, "", "-m", model),
                Run.of("upscale", photo, "-m", model, "-o", ""),
                Run.of("evaluate", "--hr", "", "-m", model))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("empty name");
        }
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @Test
    void endingAndFormatThatDisagreeAreWrongUsage() {
        Run run = Run.of("upscale", photo, "-m", model, "-o", folder.resolve("a.png"), "-f", "jpg");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("both must agree");
    }

    @Test
    void missingOrDamagedModelFileIsARefusedInput() throws IOException {
        Run missing = Run.of("upscale", photo, "-m", folder.resolve("none.safetensors"));
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).hasLineCount(1).contains("none.safetensors");

        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 5] ^= 1;
        Files.write(model, bytes);
        Run damaged = Run.of("upscale", photo, "-m", model);
        assertThat(damaged.code()).isEqualTo(3);
        assertThat(damaged.err()).hasLineCount(1).contains("checksum");
        assertThat(names(folder)).containsExactly("photo.png");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws IOException {
        Path blocker = Files.writeString(folder.resolve("file"), "in the way");

        Run run = Run.of("upscale", photo, "-m", model, "-o", blocker.resolve("out.png"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("Cannot write");
        assertThat(names(folder)).containsExactlyInAnyOrder("photo.png", "file");
    }

    private static Map<?, ?> jsonMap(String line) {
        return (Map<?, ?>) JsonLines.parse(line);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String line) {
        return (Map<String, Object>) jsonMap(line);
    }

    private static DecodedPicture read(Path file) throws IOException {
        return ImageReader.read(file, ImageLimits.defaults());
    }

    private static int[] sizeOf(Path file) throws IOException {
        Picture picture = read(file).picture();
        return new int[] {picture.width(), picture.height()};
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
