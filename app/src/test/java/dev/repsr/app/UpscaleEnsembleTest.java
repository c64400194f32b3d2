package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpscaleEnsembleTest {
    @TempDir
    private Path folder;

    private Path photo = Path.of("");

    @BeforeEach
    void writePhoto() throws IOException {
        photo = TestPictures.writePng(folder, "photo.png", 40, 150);
    }

    @Test
    void ensembleOfANetworkWithDirectionIsAnotherPictureOfTheSameSize() throws IOException {
        Path single = enlarge("single.png");
        Path ensemble = enlarge("ensemble.png", "--ensemble");

        assertThat(Files.mismatch(single, ensemble)).isNotNegative();
    }

    @Test
    void bytesAreTheSameForAllThreadsAndLimits() throws IOException {
        Path one = enlarge("one.png", "--ensemble", "--threads", "1");
        Path three = enlarge("three.png", "--ensemble", "--threads", "3");
        Path little = enlarge("little.png", "--ensemble", "--threads", "3", "--memory", "4m");

        assertThat(Files.mismatch(one, three)).isEqualTo(-1);
        assertThat(Files.mismatch(one, little)).isEqualTo(-1);
    }

    @Test
    void ensembleOfANetworkWithoutDirectionChangesNothing() throws IOException {
        Path model = TestModels.writeNearest(folder, 2);
        Path single = folder.resolve("single.png");
        Path ensemble = folder.resolve("ensemble.png");

        assertThat(Run.of("upscale", photo, "-m", model, "-o", single).code()).isZero();
        assertThat(Run.of("upscale", photo, "-m", model, "-o", ensemble, "--ensemble")
                        .code())
                .isZero();

        assertThat(Files.mismatch(single, ensemble)).isEqualTo(-1);
    }

    @Test
    void dryRunEstimatesSeveralTimesTheTimeAndMoreMemory() {
        // In turns, and the shortest of each: whatever else the machine does only makes a trial longer.
        double single = Double.MAX_VALUE;
        double ensemble = Double.MAX_VALUE;
        for (int turn = 0; turn < 4; turn++) {
            single = Math.min(single, number(plan(), "seconds"));
            ensemble = Math.min(ensemble, number(plan("--ensemble"), "seconds"));
        }

        assertThat(ensemble / single).as("eight times in the mean").isGreaterThan(2);
        assertThat(number(plan("--ensemble"), "memory_bytes")).isGreaterThan(number(plan(), "memory_bytes"));
    }

    /** By a network that takes much longer than reading and writing do. */
    private Map<?, ?> plan(String... more) {
        Run run = run(List.of("--dry-run", "--json", "--engine", "scalar"), more);
        return (Map<?, ?>) JsonLines.parse(run.outText().lines().findFirst().orElseThrow());
    }

    private static double number(Map<?, ?> line, String key) {
        return ((Number) Objects.requireNonNull(line.get(key))).doubleValue();
    }

    private Path enlarge(String name, String... more) throws IOException {
        Path output = folder.resolve(name);
        assertThat(run(List.of("-o", output.toString()), more).outText()).isNotEmpty();
        return output;
    }

    private Run run(List<String> options, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("upscale", photo, "-s", "2"));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        Run run = Run.of(arguments.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }
}
