package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.Merge;
import dev.repsr.merge.Receipt;
import dev.repsr.merge.TrainingFile;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.torch.TrainingDiverged;
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stoppingInsideTheReestimationLosesNoBatchOfIt(long stopAt) throws Exception {
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole), new RecordingListener()).run(false);
        Path parts = folder.resolve("parts");

        TrainRun[] first = new TrainRun[1];
        RecordingListener before = new RecordingListener(iteration -> {}, batches -> {
            if (batches == stopAt) {
                first[0].stop();
            }
        });
        first[0] = new TrainRun(SmallRun.config(config, parts), before);
        assertThat(first[0].run(false)).isEmpty();
        RecordingListener after = new RecordingListener();
        new TrainRun(SmallRun.config(config, parts), after).run(true);

        assertThat(before.phases).hasSize(6);
        assertThat(before.estimated + after.estimated).isEqualTo(3);
        assertThat(Safetensors.read(SmallRun.newestCheckpoint(parts)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bn.mode=never",
                "bn.mode=never bn.form=branches",
                "bn.mode=batch",
                "bn.form=branches",
                "precision=bf16",
                "network.block=ecb network.ends=true network.residual=false",
                "network.block=repvgg network.base=true",
                "network.sequence=1-3-1 network.residual=false network.paths=1",
                "optimiser.algorithm=adamw optimiser.weight_decay=0.01 optimiser.clip=0.5 optimiser.accumulate=2"
                        + " optimiser.decay=multistep optimiser.milestones=[4,8]",
                "optimiser.loss=charbonnier optimiser.fft_weight=0.1 optimiser.finish_share=0.25"
            })
    void everyVariantEndsWithAProvedModelAndGoesOnToTheSameBits(String overrides) throws Exception {
        String[] variant = overrides.split(" ");
        Path whole = folder.resolve("whole");
        RecordingListener listener = new RecordingListener();
        TrainResult result = new TrainRun(SmallRun.config(config, whole, variant), listener)
                .run(false)
                .orElseThrow();
        assertThat(result.receipt().maxDifference()).isLessThan(Receipt.MAX_DIFFERENCE);
        assertThat(listener.phases)
                .containsExactlyElementsOf(
                        overrides.contains("never") || overrides.contains("ecb")
                                ? phases(0, 12)
                                : overrides.contains("mode=batch") ? phases(12, 0) : phases(6, 6));

        Path parts = folder.resolve("parts");
        TrainRun[] first = new TrainRun[1];
        first[0] = new TrainRun(SmallRun.config(config, parts, variant), new RecordingListener(iteration -> {
            if (iteration == 7) {
                first[0].stop();
            }
        }));
        assertThat(first[0].run(false)).isEmpty();
        new TrainRun(SmallRun.config(config, parts, variant), new RecordingListener()).run(true);
        assertThat(parts.resolve("small.safetensors")).hasSameBinaryContentAs(whole.resolve("small.safetensors"));
    }

    /** Forty layers without normalisation at a rate of 1 are beyond float with the second step. */
    @Test
    void aLossThatIsNotFiniteEndsTheRunNamesTheBatchAndLeavesTheCheckpoint() throws Exception {
        Path output = folder.resolve("run");
        String[] wild = {
            "network.body=40", "bn.mode=never", "optimiser.rate=1", "optimiser.warmup=0", "checkpoint.every=1"
        };

        assertThatThrownBy(
                        () -> new TrainRun(SmallRun.config(config, output, wild), new RecordingListener()).run(false))
                .isInstanceOf(TrainingDiverged.class)
                .hasMessageMatching("the (loss|gradient) is \\S+ at step 2, batch 1 of the run \\(from 0, seed 3\\); .*");
        assertThat(SmallRun.newestCheckpoint(output)).hasFileName("checkpoint-000000001.safetensors");
        assertThat(TrainingFile.read(SmallRun.newestCheckpoint(output)).network().topology().body())
                .isEqualTo(40);
        assertThat(output.resolve("small.safetensors")).doesNotExist();
    }

    /** At a rate of nearly nothing, what comes out is what the run began with. */
    @Test
    void aRunGoesOnFromAMergedNetworkWithNewBranches() throws Exception {
        Path begun = folder.resolve("begun");
        new TrainRun(SmallRun.config(config, begun), new RecordingListener()).run(false);
        Path model = begun.resolve("small.safetensors");
        Path output = folder.resolve("on");

        TrainResult result = new TrainRun(
                        SmallRun.config(
                                config,
                                output,
                                "start.from=" + model,
                                "network.base=true",
                                "optimiser.rate=1e-12",
                                "optimiser.final_rate=0"),
                        new RecordingListener())
                .run(false)
                .orElseThrow();

        float[] expected =
                ModelFile.open(model).network().weights().get("body.2.weight").toArray();
        assertThat(ModelFile.open(result.model())
                        .network()
                        .weights()
                        .get("body.2.weight")
                        .toArray())
                .containsExactly(expected, within(1e-6f));
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
