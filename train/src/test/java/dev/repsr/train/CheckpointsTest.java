package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.format.Safetensors;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private Checkpoints checkpoints(int keep) {
        return new Checkpoints(folder, keep);
    }

    private static Safetensors state(long iteration) {
        Tensor tensor = Tensor.of(new float[] {iteration, -1.5f, 2}, 3);
        return new Safetensors(
                new Weights(Map.of("head.weight", tensor)), Map.of("iteration", Long.toString(iteration)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void flip(Path file, int index) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[index] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void theNewestFewAreKept() throws IOException {
        for (long iteration : new long[] {5, 10, 999_999, 1_000_000, 20_000_000}) {
            Path file = checkpoints(3).save(iteration, state(iteration));
            assertThat(Safetensors.read(file)).isEqualTo(state(iteration));
        }

        assertThat(names())
                .containsExactly(
                        "checkpoint-000999999.safetensors",
                        "checkpoint-001000000.safetensors",
                        "checkpoint-020000000.safetensors");
        assertThat(checkpoints(3).newest(warnings::add)).contains(state(20_000_000));
        assertThat(warnings).isEmpty();
    }

    @Test
    void filesOfOtherNamesAreNeitherReadNorRemoved() throws IOException {
        Files.writeString(folder.resolve("checkpoint-best.safetensors"), "mine");
        Files.writeString(folder.resolve("small.safetensors"), "mine");
        assertThat(checkpoints(1).exist()).isFalse();

        checkpoints(1).save(1, state(1));
        checkpoints(1).save(2, state(2));

        assertThat(names())
                .containsExactly(
                        "checkpoint-000000002.safetensors", "checkpoint-best.safetensors", "small.safetensors");
        assertThat(checkpoints(1).newest(warnings::add)).contains(state(2));
    }

    @Test
    void aFolderWithoutAnyHasNoNewest() throws IOException {
        assertThat(checkpoints(2).newest(warnings::add)).isEmpty();
        assertThat(checkpoints(2).exist()).isFalse();
        assertThat(new Checkpoints(folder.resolve("missing"), 2).newest(warnings::add))
                .isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void whereverOneBitOfTheNewestIsFlippedTheOneBeforeIsTaken() throws IOException {
        checkpoints(2).save(1, state(1));
        Path newest = checkpoints(2).save(2, state(2));
        int length = (int) Files.size(newest);
        for (int index = 0; index < length; index++) {
            warnings.clear();
            flip(newest, index);

            assertThat(checkpoints(2).newest(warnings::add)).as("byte " + index).contains(state(1));
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith(newest + ": ")
                    .endsWith("; this checkpoint is passed over")
                    .doesNotContain("\n");
            flip(newest, index);
        }
        assertThat(checkpoints(2).newest(warnings::add)).contains(state(2));
    }

    @Test
    void whereverTheNewestIsCutOffTheOneBeforeIsTaken() throws IOException {
        checkpoints(2).save(1, state(1));
        Path newest = checkpoints(2).save(2, state(2));
        byte[] whole = Files.readAllBytes(newest);
        for (int length : new int[] {0, 7, 8, 100, whole.length - 12, whole.length - 1}) {
            warnings.clear();
            Files.write(newest, Arrays.copyOf(whole, length));

            assertThat(checkpoints(2).newest(warnings::add)).contains(state(1));
            assertThat(warnings).singleElement().asString().startsWith(newest + ": ");
        }
    }

    @Test
    void ifAllAreDamagedTheRunIsRefused() throws IOException {
        for (long iteration = 1; iteration <= 2; iteration++) {
            Path file = checkpoints(2).save(iteration, state(iteration));
            flip(file, (int) Files.size(file) - 1);
        }

        ConfigRefused refused =
                catchThrowableOfType(ConfigRefused.class, () -> checkpoints(2).newest(warnings::add));

        assertThat(refused).hasMessage(folder + ": none of its 2 checkpoints can be read");
        assertThat(refused.kind()).isEqualTo(ConfigRefused.Kind.DATA);
        assertThat(warnings).hasSize(2);
    }

    @Test
    void aDamagedOneThatWasPassedOverDoesNotPushOutWhatIsSavedAfterwards() throws IOException {
        checkpoints(2).save(10, state(10));
        Path damaged = checkpoints(2).save(20, state(20));
        flip(damaged, 60);

        checkpoints(1).save(15, state(15));

        assertThat(names()).containsExactly("checkpoint-000000015.safetensors");
        assertThat(checkpoints(1).newest(warnings::add)).contains(state(15));
        assertThat(warnings).isEmpty();
    }
}
