package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.repsr.TestPictures;
import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.Merge;
import dev.repsr.merge.Receipt;
import dev.repsr.merge.TrainingFile;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.engine.Device;
import dev.repsr.train.torch.TorchDevice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRunTest {
    /** Losses of some hundredths, which the last bits of two engines move a few steps later. */
    private static final double SAME_COURSE = 1e-4;

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
        List<String> phases = new ArrayList<>(Collections.nCopies(batch, "batch"));
        phases.addAll(Collections.nCopies(frozen, "frozen"));
        return phases;
    }

    /** Before the switch, at the switch, behind it. */
    @ParameterizedTest
    @CsvSource({"java, 1", "java, 4", "java, 6", "java, 7", "java, 11", "torch, 1", "torch, 4", "torch, 6", "torch, 7"})
    void stoppingAndGoingOnGivesTheBitsOfARunThatWasNeverStopped(String name, long stopAt) throws Exception {
        String engine = "engine=" + name;
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole, engine), new RecordingListener()).run(false);
        Path parts = folder.resolve("parts");

        TrainRun[] first = new TrainRun[1];
        first[0] = new TrainRun(SmallRun.config(config, parts, engine), new RecordingListener(iteration -> {
            if (iteration == stopAt) {
                first[0].stop();
            }
        }));
        assertThat(first[0].run(false)).isEmpty();
        new TrainRun(SmallRun.config(config, parts, engine), new RecordingListener()).run(true);

        assertThat(Safetensors.read(SmallRun.newestCheckpoint(parts)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
        assertThat(parts.resolve("small.safetensors")).hasSameBinaryContentAs(whole.resolve("small.safetensors"));
        assertThat(withoutSpeed(parts)).isEqualTo(withoutSpeed(whole));
    }

    /** Spoilt patches, pictures in a file because they do not fit into memory, pairs, pictures kept apart. */
    @ParameterizedTest
    @ValueSource(strings = {"data.degradation=photo", "data.memory_mib=1", "data.lr=small", "validation.hold_out=2"})
    void goingOnIsExactWithEveryKindOfData(String setting) throws Exception {
        String[] settings = prepare(setting);
        Path whole = folder.resolve("whole");
        RecordingListener listener = new RecordingListener();
        new TrainRun(SmallRun.config(config, whole, settings), listener).run(false);
        Path parts = folder.resolve("parts");
        runUntil(7, parts, settings);
        new TrainRun(SmallRun.config(config, parts, settings), new RecordingListener()).run(true);

        assertThat(Safetensors.read(SmallRun.newestCheckpoint(parts)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
        assertThat(parts.resolve("pictures.cache")).doesNotExist();
        assertThat(listener.messages.stream().anyMatch(message -> message.contains("data.memory_mib")))
                .isEqualTo(setting.startsWith("data.memory"));
        assertThat(listener.scores.stream().map(SetScore::name).distinct())
                .containsExactlyElementsOf(
                        setting.startsWith("validation") ? List.of("pictures", "held-out") : List.of("pictures"));
    }

    /** The pictures that a setting needs, and the settings. */
    private String[] prepare(String setting) throws IOException {
        if (setting.startsWith("data.memory")) {
            Path large = Files.createDirectories(folder.resolve("large"));
            TestPictures.writePng(large, "large.png", 700, 600);
            return new String[] {"data.train=[" + folder.resolve("pictures") + ", " + large + "]", setting};
        } else if (setting.startsWith("data.lr")) {
            Path small = Files.createDirectories(folder.resolve("small"));
            for (int k = 0; k < 3; k++) {
                TestPictures.writePng(small, "p" + k + "x2.png", 20, 16);
            }
            return new String[] {"data.lr=" + small};
        }
        return new String[] {setting};
    }

    /** A run that is stopped after {@code stopAt} steps. */
    private void runUntil(long stopAt, Path output, String... settings) throws Exception {
        TrainRun[] run = new TrainRun[1];
        run[0] = new TrainRun(SmallRun.config(config, output, settings), new RecordingListener(iteration -> {
            if (iteration == stopAt) {
                run[0].stop();
            }
        }));
        assertThat(run[0].run(false)).isEmpty();
    }

    @Test
    void aRunLeavesCurvesAndAPage() throws Exception {
        Path output = folder.resolve("run");
        runUntil(5, output);
        assertThat(Files.readString(output.resolve("report.html"))).contains("4 of 12 iterations");
        new TrainRun(SmallRun.config(config, output), new RecordingListener()).run(true);

        String page = Files.readString(output.resolve("report.html"));
        assertThat(page)
                .contains("Finished: 12 iterations", "Receipt of the merge", "<polyline", "Machine", "network.body=2")
                .contains("pictures, p0, bicubic");
        // Measured after 4, 8 and 12 steps, before and after the interruption.
        Matcher line = Pattern.compile("points=\"([^\"]+)\"").matcher(page);
        assertThat(line.find()).isTrue();
        assertThat(line.group(1).chars().filter(c -> c == ',').count()).isEqualTo(3);
        try (var files = Files.list(output)) {
            assertThat(files.filter(file -> file.getFileName().toString().contains("tfevents")))
                    .hasSize(2)
                    .allMatch(file -> file.toFile().length() > 500);
        }
    }

    /** The shell's limit on the size of files stands for a full disk: writing fails in the middle. */
    @Test
    void whenTheDiskIsFullTheLastCheckpointStaysAndTheRunSaysSo() throws Exception {
        Path output = folder.resolve("full");
        String[] more = {"network.channels=32", "optimiser.iterations=6", "checkpoint.every=3", "validation.sets=[]"};
        runUntil(3, output, more);
        byte[] before = Files.readAllBytes(SmallRun.newestCheckpoint(output));
        long blocks = before.length / 1024 / 2;
        Process process = start(output, "ulimit -f " + blocks + "; exec \"$@\"", more);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readString(folder.resolve("process.log")))
                .contains("Cannot write " + output.toAbsolutePath(), "bytes are free there");
        assertThat(SmallRun.newestCheckpoint(output)).hasBinaryContent(before);
        try (var files = Files.list(output)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
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
        Process process = start(killed, "exec \"$@\"", longer);
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

    /** Starts a run in a process of its own, by a line of the shell. */
    private Process start(Path output, String shell, String[] overrides) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                shell,
                "bash",
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

    /** In the batch phase, while statistics are estimated, and behind it. */
    @ParameterizedTest
    @CsvSource({"java, torch, 2", "torch, java, 2", "java, torch, 6", "torch, java, 6", "torch, java, 9"})
    void oneEngineGoesOnFromTheCheckpointOfTheOtherAndSaysSo(String first, String second, long stopAt)
            throws Exception {
        Path whole = folder.resolve("whole");
        RecordingListener alone = new RecordingListener();
        new TrainRun(SmallRun.config(config, whole, "engine=" + second), alone).run(false);
        Path parts = folder.resolve("parts");
        TrainRun[] begun = new TrainRun[1];
        begun[0] = new TrainRun(SmallRun.config(config, parts, "engine=" + first), new RecordingListener(iteration -> {
            if (iteration == stopAt) {
                begun[0].stop();
            }
        }));
        begun[0].run(false);

        RecordingListener after = new RecordingListener();
        new TrainRun(SmallRun.config(config, parts, "engine=" + second), after).run(true);

        String change =
                "engine: " + first + " came as far as this; the bits from here on are those of engine: " + second;
        assertThat(after.messages).containsOnlyOnce(change);
        assertThat(alone.messages).doesNotContain(change).anyMatch(message -> message.startsWith("computed by "));
        List<Double> expected = alone.losses.subList((int) stopAt, SmallRun.ITERATIONS);
        assertThat(after.losses).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(after.losses.get(i)).isCloseTo(expected.get(i), within(SAME_COURSE));
        }
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedBeforeAnythingIsWritten() throws Exception {
        assumeFalse(
                TorchDevice.isAvailable(Device.CUDA), "this machine has a graphics processor that libtorch can use");
        Path output = folder.resolve("run");

        assertThatThrownBy(() -> new TrainRun(SmallRun.config(config, output, "device=cuda"), new RecordingListener())
                        .run(false))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageStartingWith("device is cuda, and there is none that this program can use");
        assertThat(output).doesNotExist();
    }
}
