package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.Merge;
import dev.repsr.merge.Receipt;
import dev.repsr.merge.TrainingFile;
import dev.repsr.train.config.ConfigRefused;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRunTest {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        config = SmallRun.prepare(folder);
    }

    @Test
    void aRunEndsWithAModelThatIsProvedAndSaysHowItWasMade() throws Exception {
        Path output = folder.resolve("run");
        RecordingListener listener = new RecordingListener();

        TrainResult result = new TrainRun(SmallRun.config(config, output), listener)
                .run(false)
                .orElseThrow();

        Model model = ModelFile.open(result.model());
        assertThat(model.name()).isEqualTo("small");
        assertThat(model.network().size()).isEqualTo("M2C4");
        assertThat(model.metadata())
                .containsEntry(ModelFile.ITERATIONS, "12")
                .containsEntry(ModelFile.SEED, "3")
                .containsEntry(ModelFile.RECEIPT, result.receipt().toJson())
                .containsKey(ModelFile.RECIPE);
        assertThat(result.receipt().maxDifference()).isLessThan(Receipt.MAX_DIFFERENCE);
        assertThat(result.receipt().trainerDifference()).isBetween(0.0, Receipt.MAX_ENGINE_DIFFERENCE);
        assertThat(listener.phases).containsExactlyElementsOf(phases(6, 6));
        assertThat(listener.scores).hasSize(3);
        assertThat(Files.readAllLines(output.resolve("log.csv"))).hasSize(4);
    }

    private static List<String> phases(int batch, int frozen) {
        List<String> phases = new java.util.ArrayList<>(Collections.nCopies(batch, "batch"));
        phases.addAll(Collections.nCopies(frozen, "frozen"));
        return phases;
    }

    /** Before the switch, at the switch, behind it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 6, 7, 11})
    void stoppingAndGoingOnGivesTheBitsOfARunThatWasNeverStopped(long stopAt) throws Exception {
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole), new RecordingListener()).run(false);
        Path parts = folder.resolve("parts");

        TrainRun[] first = new TrainRun[1];
        first[0] = new TrainRun(SmallRun.config(config, parts), new RecordingListener(iteration -> {
            if (iteration == stopAt) {
                first[0].stop();
            }
        }));
        assertThat(first[0].run(false)).isEmpty();
        new TrainRun(SmallRun.config(config, parts), new RecordingListener()).run(true);

        assertThat(Safetensors.read(SmallRun.newestCheckpoint(parts)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
        assertThat(parts.resolve("small.safetensors")).hasSameBinaryContentAs(whole.resolve("small.safetensors"));
        assertThat(withoutSpeed(parts)).isEqualTo(withoutSpeed(whole));
    }

    private static List<String> withoutSpeed(Path output) throws IOException {
        return Files.readAllLines(output.resolve("log.csv")).stream()
                .skip(1)
                .map(line -> line.replaceFirst("^([^,]*,[^,]*),[^,]*,([^,]*),[^,]*", "$1,$2"))
                .toList();
    }

    @Test
    void aDamagedNewestCheckpointIsPassedOverAndTheRunEndsWithTheSameBits() throws Exception {
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole), new RecordingListener()).run(false);
        Path damaged = folder.resolve("damaged");
        new TrainRun(SmallRun.config(config, damaged), new RecordingListener()).run(false);
        byte[] bytes = Files.readAllBytes(SmallRun.newestCheckpoint(damaged));
        bytes[bytes.length / 2] ^= 4;
        AtomicFile.write(SmallRun.newestCheckpoint(damaged), out -> out.write(bytes));

        RecordingListener listener = new RecordingListener();
        new TrainRun(SmallRun.config(config, damaged), listener).run(true);

        assertThat(listener.messages).anyMatch(message -> message.contains("checksum"));
        assertThat(Safetensors.read(SmallRun.newestCheckpoint(damaged)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
    }

    @Test
    void aSecondRunInTheSameFolderIsRefusedAndLosesNothing() throws Exception {
        Path output = folder.resolve("run");
        new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(false);
        byte[] before = Files.readAllBytes(SmallRun.newestCheckpoint(output));

        assertThatThrownBy(() -> new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(false))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("--resume");
        assertThat(SmallRun.newestCheckpoint(output)).hasBinaryContent(before);
    }

    @Test
    void resumingWithAnotherConfigurationIsRefused() throws Exception {
        Path output = folder.resolve("run");
        new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(false);

        assertThatThrownBy(() -> new TrainRun(
                                SmallRun.config(config, output, "optimiser.rate=0.5"), new RecordingListener())
                        .run(true))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("another configuration");
    }

    @Test
    void goingOnWithOtherPicturesIsRefused() throws Exception {
        Path output = folder.resolve("run");
        new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(false);
        Path newest = SmallRun.newestCheckpoint(output);
        byte[] before = Files.readAllBytes(newest);
        Files.delete(folder.resolve("pictures/p0.png"));

        assertThatThrownBy(() -> new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(true))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("trained on other pictures");
        assertThat(newest).hasBinaryContent(before);
    }

    @Test
    void everyCheckpointCanBeMergedWithoutTheTrainer() throws Exception {
        Path output = folder.resolve("run");
        RecordingListener listener = new RecordingListener();
        new TrainRun(SmallRun.config(config, output), listener).run(false);

        assertThat(listener.checkpoints).hasSize(4);
        for (Path checkpoint : listener.checkpoints) {
            Merge merge = Merge.of(TrainingFile.read(checkpoint).network(), Engines.available());
            assertThat(merge.network().size()).isEqualTo("M2C4");
        }
        assertThat(Merge.of(TrainingFile.read(listener.checkpoints.getLast()).network(), Engines.available())
                        .network())
                .isEqualTo(ModelFile.open(output.resolve("small.safetensors")).network());
    }

    @Test
    void aKilledRunGoesOnFromItsNewestCheckpointToTheSameBits() throws Exception {
        String[] longer = {"optimiser.iterations=400", "checkpoint.every=20", "validation.every=1000"};
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole, longer), new RecordingListener()).run(false);

        Path killed = folder.resolve("killed");
        Process process = start(killed, longer);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!Files.exists(killed.resolve("checkpoint-000000060.safetensors")) && process.isAlive()) {
            assertThat(System.nanoTime()).as("the run makes no progress").isLessThan(deadline);
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(Files.exists(killed.resolve("small.safetensors")))
                .as("ended before it was killed")
                .isFalse();
        RecordingListener listener = new RecordingListener();
        new TrainRun(SmallRun.config(config, killed, longer), listener).run(true);

        assertThat(listener.messages).anyMatch(message -> message.startsWith("goes on after iteration "));
        assertThat(Safetensors.read(SmallRun.newestCheckpoint(killed)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
    }

    private Process start(Path output, String[] overrides) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TrainProcess.class.getName(),
                config.toString(),
                output.toString()));
        command.addAll(List.of(overrides));
        File log = folder.resolve("process.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }
}
