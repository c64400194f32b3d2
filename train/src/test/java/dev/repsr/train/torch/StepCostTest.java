package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.Update;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step costs in time and memory. */
class StepCostTest {
    private static final System.Logger LOG = System.getLogger(StepCostTest.class.getName());
    private static final int ROUNDS = 25;
    private static final float[] LR = floats(3 * 16 * 32 * 32);
    private static final float[] HR = floats(16 * LR.length);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * Steps of both forms take turns, and what counts is the processor time of this thread, in which libtorch computes. Other
     * programs on the machine can only lengthen it, so the shortest of the rounds is each form's.
     */
    @ParameterizedTest
    @Tag("data")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @CsvSource({"4, 16, 2.0", "10, 32, 2.7"})
    void theMergedFormOfTheFrozenPhaseIsFasterThanTheBranchesBy(int body, int channels, double times)
            throws IOException {
        Topology topology = new Topology(4, body, new RepSrBlock(channels));
        double branchSeconds = Double.MAX_VALUE;
        double mergedSeconds = Double.MAX_VALUE;
        try (Trainer branches = frozen(settings(topology, Form.BRANCHES, 32, 16));
                Trainer merged = frozen(settings(topology, Form.MERGED, 32, 16))) {
            for (int i = 0; i < ROUNDS; i++) {
                branchSeconds = Math.min(branchSeconds, secondsOfAStep(branches));
                mergedSeconds = Math.min(mergedSeconds, secondsOfAStep(merged));
            }
        }
        double ratio = branchSeconds / mergedSeconds;
        LOG.log(
                System.Logger.Level.INFO,
                "M" + body + "C" + channels + ": branches " + branchSeconds + " s, merged " + mergedSeconds
                        + " s, ratio " + ratio);
        assertThat(ratio).isGreaterThanOrEqualTo(times);
    }

    private static TrainerSettings settings(Topology topology, Form form, int patch, int batch) {
        Update adam = Update.adam(0.9, 0.999);
        return new TrainerSettings(
                topology, 1e-5, 0.1, form, Precision.FLOAT32, patch, batch, adam, 0.999, 1, Device.CPU, true);
    }

    private static Trainer frozen(TrainerSettings settings) throws IOException {
        Trainer trainer = new TorchTrainer(settings, 1);
        trainer.freeze();
        return trainer;
    }

    private static double secondsOfAStep(Trainer trainer) throws IOException {
        long started = THREADS.getCurrentThreadCpuTime();
        trainer.step(LR, HR, 1e-6);
        return (THREADS.getCurrentThreadCpuTime() - started) / 1e9;
    }

    private static float[] floats(int size) {
        float[] values = new float[size];
        double[] picture = RandomTraining.picture(size, 1);
        for (int i = 0; i < size; i++) {
            values[i] = (float) picture[i];
        }
        return values;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void memoryStaysFlatOverFiveThousandSteps(@TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-Xms64m",
                        "-XX:+AlwaysPreTouch",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManySteps.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        List<String> sizes = Files.readAllLines(log).stream()
                .filter(line -> line.matches("[0-9]+"))
                .toList();
        long early = Long.parseLong(sizes.getFirst());
        long late = Long.parseLong(sizes.getLast());
        assertThat(sizes).hasSize(2);
        assertThat(late).isLessThan(early * 105 / 100);
    }

    /** Prints its resident size in KiB after 500 steps and after 5,500, in all phases. */
    static final class ManySteps {
        private ManySteps() {}

        public static void main(String[] arguments) throws IOException {
            Topology topology = new Topology(4, 1, new RepSrBlock(2));
            float[] lr = floats(3 * 16);
            float[] hr = floats(16 * lr.length);
            StringBuilder sizes = new StringBuilder();
            try (Trainer trainer = new TorchTrainer(settings(topology, Form.MERGED, 4, 1), 1)) {
                for (int i = 1; i <= 5500; i++) {
                    if (i == 400) {
                        trainer.freeze();
                    }
                    trainer.step(lr, hr, 1e-5, new Goal(Objective.CHARBONNIER, 0.1, 0.1));
                    if (i == 500 || i == 5500) {
                        sizes.append(residentKiB()).append(System.lineSeparator());
                    }
                }
            }
            Files.writeString(Path.of("/dev/stdout"), sizes);
        }

        private static long residentKiB() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            throw new IOException("VmRSS is missing");
        }
    }
}
