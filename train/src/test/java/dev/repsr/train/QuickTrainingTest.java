package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("data")
class QuickTrainingTest {
    @TempDir
    Path folder;

    /** What somebody tries first must be worth it: bicubic has 33.68 dB. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theQuickExampleIsTwoDecibelsAboveBicubicWithTheSamplePhotographs() throws Exception {
        SetScore score = quickExample();

        assertThat(score.psnrY()).isGreaterThan(score.bicubicPsnrY() + 2);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theQuickExampleReachesGoodFiguresWithManyPhotographs() throws Exception {
        SetScore score = quickExample("data.train=[\"" + TestData.require("train/free") + "\"]");

        assertThat(score.psnrY()).isGreaterThan(36.7);
        assertThat(score.psnrRgb()).isGreaterThan(34.0);
    }

    private SetScore quickExample(String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("validation.sets=[\"" + TestData.require("benchmarks/Set5") + "\"]");
        settings.add("validation.hold_out=0");
        TrainConfig config = SmallRun.config(
                Path.of("..", "examples", "quick.yaml"), folder.resolve("example"), settings.toArray(new String[0]));
        TrainRun run = new TrainRun(config, new RecordingListener());
        return run.run(false).orElseThrow().sets().getFirst();
    }

    /** 1,000 iterations take less than a minute on one free core. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMinuteOnOneCorePassesBicubicByHalfADecibelOnSet5AtScaleFour() throws Exception {
        Path pictures = TestData.require("train/free");
        Path set5 = TestData.require("benchmarks/Set5");
        Path config = SmallRun.prepare(folder);
        TrainConfig quick = SmallRun.config(
                config,
                folder.resolve("quick"),
                "scale=4",
                "network.body=4",
                "network.channels=16",
                "data.train=[\"" + pictures + "\"]",
                "data.patch=32",
                "data.batch=16",
                "optimiser.iterations=1000",
                "optimiser.warmup=100",
                "bn.batch_share=0.2",
                "bn.reestimate_batches=50",
                "validation.sets=[\"" + set5 + "\"]",
                "validation.every=1000",
                "checkpoint.every=1000");

        TrainResult result =
                new TrainRun(quick, new RecordingListener()).run(false).orElseThrow();

        SetScore score = result.sets().getFirst();
        assertThat(score.psnrY()).isGreaterThan(score.bicubicPsnrY() + 0.5);
        System.Logger log = System.getLogger(QuickTrainingTest.class.getName());
        log.log(System.Logger.Level.INFO, "Set5 x4 {0} dB after {1} s", score.psnrY(), result.seconds());
    }
}
