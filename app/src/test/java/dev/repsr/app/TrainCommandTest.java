package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.format.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shortRunEndsWithModelReceiptAndScores() throws IOException {
        Path config = config(6);

        Run run = Run.of("train", config, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        List<Map<?, ?>> events = run.outText()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) JsonLines.parse(line))
                .toList();
        assertThat(events).extracting(event -> event.get("event")).contains("step", "validation", "checkpoint");
        Map<?, ?> done = events.getLast();
        assertThat(done.get("event")).isEqualTo("done");
        assertThat(done.get("iterations")).isEqualTo(6);
        assertThat((Map<?, ?>) done.get("receipt"))
                .extracting("max_difference", "mean_difference", "patches")
                .doesNotContainNull();
        assertThat((List<?>) done.get("sets")).hasSize(1);
        assertThat(ModelFile.open(Path.of((String) done.get("model"))).network().size())
                .isEqualTo("M1C4");

        Run again = Run.of("train", config);
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).hasLineCount(1).contains("--resume");
    }

    @Test
    void wrongConfigurationIsWrongUsageAndMissingDataAreRefused() throws IOException {
        Path config = config(6);

        Run typing = Run.of("train", config, "--set", "optimiser.iteration=5");
        assertThat(typing.code()).isEqualTo(2);
        assertThat(typing.err()).contains("optimiser.iterations");

        Run missing = Run.of("train", config, "--set", "data.train=[" + folder.resolve("none") + "]");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("none");

        assertThat(Run.of("train", folder.resolve("none.yaml")).code()).isEqualTo(3);
    }

    private Path config(int iterations) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        TestPictures.writePng(pictures, "a.png", 48, 48);
        return Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                scale: 2
                output: run
                network: {body: 1, channels: 4}
                data: {train: [pictures], patch: 8, batch: 2}
                optimiser: {iterations: %d, warmup: 1}
                bn: {reestimate_batches: 2}
                validation: {sets: [pictures], every: 3}
                checkpoint: {every: 3}
                """.formatted(iterations));
    }
}
