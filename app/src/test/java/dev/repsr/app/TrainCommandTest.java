package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestPictures;
import dev.repsr.format.ModelFile;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        assertThat(events)
                .extracting(event -> String.valueOf(event.get("event")))
                .contains("step", "validation", "checkpoint");
        Map<?, ?> done = events.getLast();
        assertThat(done.get("event")).isEqualTo("done");
        assertThat(done.get("iterations")).isEqualTo(6);
        assertThat((Map<?, ?>) done.get("receipt"))
                .extracting("max_difference", "mean_difference", "patches")
                .doesNotContainNull();
        assertThat((List<?>) done.get("sets")).hasSize(1);
        assertThat((List<?>) done.get("warnings"))
                .singleElement()
                .asString()
                .startsWith("warning: the network is not better than bicubic enlargement: pictures ");
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

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void twoProcessesTrainOneNetworkAndOnlyTheFirstPrints() throws IOException {
        Path config = config(6);

        Run odd = Run.of("train", config, "--processes", "2", "--set", "data.batch=3");
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).hasLineCount(1).contains("data.batch is 3", "multiple of 2");

        // The processes write to the streams of this one, not to those of the run.
        Run run = Run.of("train", config, "--processes", "2", "--quiet");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(ModelFile.open(folder.resolve("run/tiny.safetensors"))
                        .network()
                        .size())
                .isEqualTo("M1C4");
        assertThat(Files.readAllLines(folder.resolve("run/log.csv"))).hasSize(3);
    }

    /** Gloo greets on standard output; and on a new machine both processes want to unpack the same libraries. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "native libraries write to its standard output too")
    void nothingButEventsReachesStandardOutput() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("libraries"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        config(6).toString(),
                        "--processes",
                        "2",
                        "--json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).isZero();
        assertThat(lines).allMatch(line -> JsonLines.parse(line) instanceof Map);
        assertThat(lines.getLast()).contains("\"done\"");
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aLostProcessEndsTheOthers() throws Exception {
        Path config = config(1_000_000);
        // Not found by their command lines: the system cuts those after a page, and a class path is longer.
        Set<ProcessHandle> others = children(Set.of());
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Run> run = thread.submit(
                    () -> Run.of("train", config, "--processes", "2", "--quiet", "--set", "validation.every=1000000"));
            try {
                // Both compute when there is a checkpoint.
                while (!hasCheckpoint() && !run.isDone()) {
                    Thread.sleep(10);
                }
                Set<ProcessHandle> both = children(others);
                assertThat(both).hasSize(2);

                both.iterator().next().destroyForcibly();

                assertThat(run.get().code()).isNotZero();
                assertThat(both).noneMatch(ProcessHandle::isAlive);
            } finally {
                // A test that failed does not wait for a million iterations.
                children(others).forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static Set<ProcessHandle> children(Set<ProcessHandle> others) {
        return ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .collect(Collectors.toSet());
    }

    private boolean hasCheckpoint() {
        String[] files = folder.resolve("run").toFile().list();
        return files != null && Arrays.stream(files).anyMatch(file -> file.startsWith("checkpoint-"));
    }

    @Test
    void halfAnEnvironmentIsWrongUsage() {
        Console console = new Console(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                () -> false,
                new StopSignal(Thread.currentThread()));
        assertThatThrownBy(() -> new Training(console, new CommonOptions(), config(6), List.of())
                        .run(false, Map.of("WORLD_SIZE", "2", "RANK", "0")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("MASTER_ADDR");
    }

    private Path config(int iterations) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        // Smooth: after a few steps the network is still close to nearest neighbours, and bicubic enlargement is
        // better.
        Files.write(pictures.resolve("a.png"), TestPictures.encode(TestPictures.scene(48, 48), ImageType.PNG));
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
