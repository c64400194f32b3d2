package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The large network stays calm. A short form by default; the long one, some minutes: {@code mvn test -pl train -Pall-tests
 * -Dtest=StabilityTest -Drepsr.stability.steps=3000}.
 */
@Tag("data")
class StabilityTest {
    private static final int STEPS = Integer.getInteger("repsr.stability.steps", 40);
    private static final int WINDOW = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void sixteenBlocksOfSixtyFourChannelsTrainAcrossTheSwitchWithoutAJumpOfTheLoss() throws Exception {
        Path pictures = TestData.require("train/free");
        Path config = SmallRun.prepare(folder);
        RecordingListener listener = new RecordingListener();
        TrainRun run = new TrainRun(
                SmallRun.config(
                        config,
                        folder.resolve("run"),
                        "network.body=16",
                        "network.channels=64",
                        "data.train=[\"" + pictures + "\"]",
                        "data.batch=16",
                        "optimiser.iterations=" + STEPS,
                        "optimiser.rate=2e-4",
                        "bn.batch_share=0.5",
                        "bn.reestimate_batches=20",
                        "validation.sets=[]",
                        "checkpoint.every=" + STEPS),
                listener);

        assertThat(run.run(false)).isPresent();

        assertThat(listener.phases).hasSize(STEPS).contains("batch", "frozen");
        for (int i = 1; i < STEPS; i++) {
            List<Double> before = listener.losses.subList(Math.max(0, i - WINDOW), i).stream()
                    .sorted()
                    .toList();
            assertThat(listener.losses.get(i)).as("step " + i).isLessThan(3 * before.get(before.size() / 2));
        }
    }
}
