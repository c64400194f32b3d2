package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.PictureLayouts;
import dev.repsr.image.TiffFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all may lie in a folder: every kind of picture, what is none, and what strangers have put there. */
class FolderKindsTest {
    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path in = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        model = TestModels.writeNearest(folder, 2);
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
    }

    /** Sizes at which what is held of a picture matters against what its rows take, and at which it does not. */
    @ParameterizedTest
    @CsvSource({"64, 48, 2", "320, 203, 1"})
    void everyLayoutAndTurnPassesThroughAFolderWithTheMemoryOfItsPlan(int width, int height, String threads)
            throws IOException {
        PictureLayouts.write(in, width, height);

        Run run = Run.of("upscale", in, "-m", model, "-o", out, "--threads", threads, "--engine", "direct", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(lines(run)).hasSizeGreaterThan(150).noneMatch(line -> line.containsKey("refused"));
        Map<String, Long> planned =
                bytes(Run.of("upscale", in, "-m", model, "--dry-run", "--threads", threads, "--json"));
        assertThat(bytes(run))
                .allSatisfy((input, bytes) -> assertThat(bytes).as(input).isLessThanOrEqualTo(planned.get(input)));
    }

    private static Map<String, Long> bytes(Run run) {
        Map<String, Long> bytes = new TreeMap<>();
        for (Map<String, Object> line : lines(run)) {
            if (line.get("input") instanceof String input && line.get("memory_bytes") instanceof Number number) {
                bytes.put(input, number.longValue());
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {".repsr-journal", ".lock"})
    void filesOfOurOwnAreNotFollowedOutOfTheOutputFolder(String name) throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        TestPictures.writePng(in, "a.png", 12, 8);
        Files.createDirectory(out);
        Files.createSymbolicLink(out.resolve(name), victim);

        Run run = Run.of("upscale", in, "-m", model, "-o", out);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(name).contains("remove it");
        assertThat(victim).hasContent("precious");
    }

    @Test
    void rawPhotographIsRefusedAndTakesNobodysName() throws IOException {
        TestPictures.writePng(in, "a.png", 12, 8);
        Files.write(in.resolve("a.DNG"), TiffFiles.dng());
        Files.write(in.resolve("b.nef"), TiffFiles.mosaic());

        Run run = Run.of("upscale", in, "-m", model, "-o", out, "--json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(written()).containsExactly("a_x2.png");
        assertThat(lines(run))
                .filteredOn(line -> line.containsKey("refused"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .containsEntry("refused", "unsupported")
                        .hasEntrySatisfying(
                                "message",
                                message ->
                                        assertThat((String) message).contains("raw photograph", "develop it first")));
        assertThat(Run.of("upscale", in.resolve("a.DNG"), "-m", model).code()).isEqualTo(3);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Run run) {
        return run.outText()
                .lines()
                .map(line -> (Map<String, Object>) JsonLines.parse(line))
                .toList();
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }
}
