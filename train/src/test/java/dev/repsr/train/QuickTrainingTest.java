package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("data")
class QuickTrainingTest {
    @TempDir
    Path folder;

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
