package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.PlantedModels;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.io.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderUpscaleTest {
    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path in = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void writeTree() throws IOException {
        model = TestModels.writeNearest(folder, 2);
        in = Files.createDirectories(folder.resolve("in"));
        out = folder.resolve("out");
        Files.createDirectories(in.resolve("sub/deep"));
        TestPictures.writePng(in, "a.png", 12, 8);
        TestPictures.writePng(in.resolve("sub"), "b.png", 5, 9);
        TestPictures.writePng(in.resolve("sub/deep"), "Möwe 1.png", 7, 7);
        Files.writeString(in.resolve("notes.txt"), "no picture");
    }

    @Test
    void treeIsKeptAndOtherFilesArePassedOver() throws IOException {
        Run run = enlarge();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(names(out)).containsExactly("a_x2.png", "sub/b_x2.png", "sub/deep/Möwe 1_x2.png");
        assertThat(run.err()).isEqualTo("repsr: 1 file that is no picture passed over\n");
        assertThat(ImageReader.read(out.resolve("sub/b_x2.png"), ImageLimits.defaults())
                        .picture()
                        .height())
                .isEqualTo(18);
    }

    @Test
    void withoutRecursiveOnlyTheFolderItselfIsEnlargedAndWithoutOutputTheNewFolderLiesBeside() throws IOException {
        Run run = Run.of("upscale", in, "-m", model);

        assertThat(run.code()).isZero();
        assertThat(names(folder.resolve("in_x2"))).containsExactly("a_x2.png");
        assertThat(run.err()).contains("1 subfolder not entered (-r enters them)");
    }

    @Test
    void secondRunLeavesEverythingAsItIs() throws IOException {
        enlarge();
        Map<String, FileTime> before = times();
        assertThat(before).hasSize(3);

        Run run = enlarge("--json");

        assertThat(run.code()).isZero();
        assertThat(times()).isEqualTo(before);
        assertThat(lines(run)).hasSize(3).allMatch(line -> Boolean.TRUE.equals(line.get("resumed")));
    }

    @Test
    void onlyWhatIsMissingIsMadeAgain() throws IOException {
        enlarge();
        Files.delete(out.resolve("sub/b_x2.png"));
        Map<String, FileTime> before = times();

        assertThat(enlarge().code()).isZero();

        Map<String, FileTime> after = times();
        assertThat(after).containsAllEntriesOf(before).containsKey("sub/b_x2.png");
    }

    @Test
    void outputThatSomebodyChangedIsRefusedUntilOverwriteIsGiven() throws IOException {
        enlarge();
        Files.writeString(out.resolve("a_x2.png"), "mine");

        Run refused = enlarge();
        assertThat(refused.code()).isEqualTo(3);
        assertThat(out.resolve("a_x2.png")).hasContent("mine");

        assertThat(enlarge("--overwrite").code()).isZero();
        assertThat(out.resolve("a_x2.png"))
                .isNotEmptyFile()
                .content(java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains("IHDR");
    }

    @Test
    void otherSettingsOrNoResumeMakeEverythingAgain() throws IOException {
        enlarge();

        assertThat(lines(enlarge("--json", "--overwrite", "--engine", "scalar")))
                .noneMatch(line -> line.containsKey("resumed"));
        assertThat(lines(enlarge("--json", "--overwrite", "--engine", "scalar")))
                .allMatch(line -> line.containsKey("resumed"));
        assertThat(lines(enlarge("--json", "--overwrite", "--engine", "scalar", "--no-resume")))
                .noneMatch(line -> line.containsKey("resumed"));
        assertThat(lines(enlarge("--json", "--overwrite", "--engine", "scalar", "--ensemble")))
                .noneMatch(line -> line.containsKey("resumed"));
        assertThat(lines(enlarge("--json", "--overwrite", "--engine", "scalar", "--ensemble")))
                .allMatch(line -> line.containsKey("resumed"));
    }

    @Test
    void refusalOfWhatIsThereAlreadyDoesNotForgetThatAnEarlierRunMadeIt() throws IOException {
        enlarge();

        assertThat(enlarge("--no-resume").code()).isEqualTo(3);
        assertThat(enlarge("--strip").code()).isEqualTo(3);

        Run run = enlarge("--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(lines(run)).hasSize(3).allMatch(line -> Boolean.TRUE.equals(line.get("resumed")));
    }

    @Test
    void badPicturesAreListedAndTheRestIsDone() throws IOException {
        TestPictures.writeTruncated(in, "aa.png");
        Files.writeString(in.resolve("zz.jpg"), "no picture");

        Run run = enlarge();

        assertThat(run.code()).isEqualTo(3);
        assertThat(names(out)).hasSize(3);
        assertThat(run.err()).contains("2 of 5 inputs").contains("aa.png").contains("zz.jpg");
        assertThat(Files.readString(out.resolve(".repsr-journal"))).contains("\"refused\"");
    }

    @Test
    void twoInputsNeverShareAnOutput() throws IOException {
        Files.write(in.resolve("a.jpg"), TestPictures.encode(TestPictures.scene(20, 20), ImageType.JPEG));

        Run run = enlarge();

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("a.png would become").contains("a.jpg does");
        assertThat(names(out)).hasSize(3);
    }

    @Test
    void nothingIsWrittenOutsideTheOutputFolder() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(out);
        Files.createSymbolicLink(out.resolve("sub"), elsewhere);

        Run run = enlarge();

        assertThat(run.code()).isEqualTo(3);
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(run.err()).contains("outside");
        assertThat(out.resolve("a_x2.png")).exists();
    }

    @Test
    void linkUnderAnOutputsNameIsReplacedAndNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious.png"), "precious");
        Files.createDirectory(out);
        Files.createSymbolicLink(out.resolve("a_x2.png"), precious);

        assertThat(enlarge("--overwrite").code()).isZero();

        assertThat(precious).hasContent("precious");
        assertThat(out.resolve("a_x2.png")).isRegularFile();
        assertThat(Files.isSymbolicLink(out.resolve("a_x2.png"))).isFalse();
    }

    @Test
    void outputFolderInsideTheInputIsNoInput() throws IOException {
        Path inside = in.resolve("enlarged");

        assertThat(Run.of("upscale", "-r", in, "-m", model, "-o", inside).code())
                .isZero();
        Run again = Run.of("upscale", "-r", in, "-m", model, "-o", inside, "--json");

        assertThat(lines(again)).hasSize(3).allMatch(line -> line.containsKey("resumed"));
        Run itself = Run.of("upscale", "-r", in, "-m", model, "-o", in);
        assertThat(itself.code()).isEqualTo(2);
        assertThat(itself.err()).hasLineCount(1);
    }

    @Test
    void partsOfAKilledRunAreSwept() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(out.resolve("sub"));
        Path part = Files.createFile(out.resolve("sub/.repsr-" + ended.pid() + "-abc.part"));

        assertThat(enlarge().code()).isZero();

        assertThat(part).doesNotExist();
    }

    @Test
    void twoRunsDoNotShareAFolder() throws IOException {
        try (FolderLock lock = FolderLock.tryLock(out).orElseThrow()) {
            assertThat(lock).isNotNull();

            Run run = enlarge();

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("another run is writing");
            assertThat(names(out)).isEmpty();
        }
    }

    @Test
    void littleMemoryIsSharedAndTooLittleIsRefused() throws IOException {
        for (int i = 0; i < 12; i++) {
            TestPictures.writePng(in, "many" + i + ".png", 60, 40);
        }

        Run little = enlarge("--memory", "1m", "--threads", "4");
        assertThat(little.code()).as(little.err()).isZero();
        assertThat(names(out)).hasSize(15);

        Run tooLittle = Run.of("upscale", in, "-m", model, "-o", folder.resolve("none"), "--memory", "1k");
        assertThat(tooLittle.code()).isEqualTo(3);
        assertThat(tooLittle.err()).contains("--memory");
        assertThat(names(folder.resolve("none"))).isEmpty();
    }

    @Test
    void bytesDoNotDependOnTheNumberOfThreads() throws IOException {
        assertThat(enlarge("--threads", "1").code()).isZero();
        assertThat(Run.of("upscale", "-r", in, "-m", model, "-o", folder.resolve("four"), "--threads", "4")
                        .code())
                .isZero();

        for (String name : names(out)) {
            assertThat(folder.resolve("four").resolve(name)).hasSameBinaryContentAs(out.resolve(name));
        }
    }

    @Test
    void wrongModelEndsWithFourAndLeavesNoFile() throws IOException {
        Path broken = folder.resolve("broken.safetensors");
        TestModels.write(PlantedModels.SHIFTED_BY_FOUR_LEVELS.model(2), broken);
        Path scene = TestPictures.writeScene(folder, "scene.png", 80, 80);
        TestPictures.writeScene(in, "scene.png", 80, 80);

        Run single = Run.of("upscale", scene, "-m", broken, "--json");
        Run many = Run.of("upscale", in, "-m", broken, "-o", out);

        assertThat(single.code()).isEqualTo(4);
        assertThat(lines(single).getFirst()).containsEntry("refused", "self_check");
        assertThat(folder.resolve("scene_x2.png")).doesNotExist();
        assertThat(many.code()).isEqualTo(4);
        assertThat(names(out)).isEmpty();
    }

    @Test
    void picturesThatAreTooLargeAreReducedAndThoseOfTheSizeAreCopied() throws IOException {
        Run run = enlarge("--long-side", "9", "-f", "same");

        assertThat(run.code()).isZero();
        assertThat(names(out)).containsExactly("a_9l.png", "sub/b_9l.png", "sub/deep/Möwe 1_9l.png");
        assertThat(run.outText())
                .contains("a_9l.png: 9x6, larger already, reduced")
                .contains("Möwe 1_9l.png: 9x9, nearest-x2 (2 times) and resampled");

        assertThat(enlarge("--long-side", "12", "-f", "same").outText())
                .contains("a_12l.png: 12x8, of this size already, copied");
        assertThat(out.resolve("a_12l.png")).hasSameBinaryContentAs(in.resolve("a.png"));
    }

    @Test
    void dryRunWritesNothingAndSaysWhatWouldBe() throws IOException {
        TestPictures.writeTruncated(in, "half.gif.png");

        Run run = enlarge("--dry-run", "--json");

        assertThat(out).doesNotExist();
        List<Map<String, Object>> lines = lines(run);
        assertThat(lines.getFirst())
                .containsEntry("output", out.resolve("a_x2.png").toString())
                .containsEntry("width", 24)
                .containsEntry("height", 16)
                .containsKeys("memory_bytes", "seconds");
        assertThat(lines).filteredOn(line -> line.containsKey("files")).hasSize(1);
    }

    @Test
    void dryRunCountsAllInputsAndTellsWhatIsPassedOver() throws IOException {
        Files.writeString(in.resolve("zz.jpg"), "no picture");
        Files.writeString(in.resolve("zy.jpg"), "no picture");

        Run run = enlarge("--dry-run");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("1 file that is no picture passed over").contains("2 of 5 inputs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "webp"})
    void formatsThatAreHeldWholeGetTheMemoryThatTheyTake(String format) throws IOException {
        Path large = Files.createDirectory(folder.resolve("large"));
        TestPictures.writePng(large, "a.png", 700, 500);
        TestPictures.writePng(large, "b.png", 700, 500);

        Run run = Run.of("upscale", large, "-m", model, "-o", out, "-f", format);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(names(out)).containsExactly("a_x2." + format, "b_x2." + format);
    }

    @Test
    void folderCannotGoToStandardOutput() throws IOException {
        Run run = Run.of("upscale", in, "-m", model, "-o", "-");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("standard input and output are for one picture");
        assertThat(names(folder)).noneMatch(name -> name.contains("x2.png"));
    }

    @Test
    void emptyFolderIsNoFailure() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Run run = Run.of("upscale", empty, "-m", model, "-o", out);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("there is no picture");
    }

    private Run enlarge(Object... more) {
        Object[] arguments = Stream.concat(Stream.of("upscale", "-r", in, "-m", model, "-o", out), Stream.of(more))
                .toArray();
        return Run.of(arguments);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Run run) {
        return run.outText()
                .lines()
                .map(line -> (Map<String, Object>) JsonLines.parse(line))
                .toList();
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        for (String name : names(out)) {
            times.put(name, Files.getLastModifiedTime(out.resolve(name)));
        }
        return times;
    }

    /** Visible files, by their names below the folder. */
    private static List<String> names(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
