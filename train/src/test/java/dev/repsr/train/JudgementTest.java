package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on from the built-in network, which is better than bicubic enlargement on the sample photographs. */
class JudgementTest {
    private static final Path SAMPLES =
            Path.of("..", "samples").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        config = SmallRun.prepare(folder);
    }

    private TrainConfig finetuning(String output, double rate) throws ConfigRefused {
        return SmallRun.config(
                config,
                folder.resolve(output),
                "start.from=repsr-m4c16-x2",
                "network.body=4",
                "network.channels=16",
                "network.block=plain",
                "optimiser.rate=" + rate,
                "optimiser.final_rate=0",
                "validation.sets=" + SAMPLES);
    }

    @Test
    void aRunThatIsNotBetterThanBicubicSaysSo() throws Exception {
        RecordingListener listener = new RecordingListener();

        TrainResult result = new TrainRun(SmallRun.config(config, folder.resolve("run")), listener)
                .run(false)
                .orElseThrow();

        assertThat(result.sets().getFirst().psnrY())
                .isLessThan(result.sets().getFirst().bicubicPsnrY());
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .matches("warning: the network is not better than bicubic enlargement: pictures [0-9.]+ dB of Y"
                        + " \\(bicubic [0-9.]+\\); train longer or with another optimiser\\.rate");
        assertThat(listener.messages).containsAll(result.warnings());
        assertThat(folder.resolve("run/report.html")).content().contains("not better than bicubic enlargement");
    }

    @Test
    void aStartThatIsKeptAndBetterThanBicubicGivesNoWarning() throws Exception {
        TrainResult result = new TrainRun(finetuning("run", 1e-12), new RecordingListener())
                .run(false)
                .orElseThrow();

        assertThat(result.warnings()).isEmpty();
        assertThat(folder.resolve("run/report.html")).content().doesNotContain("Warnings");
        List<String> log = Files.readAllLines(folder.resolve("run/log.csv"));
        assertThat(log.get(1)).startsWith("0,batch,");
        assertThat(scores(log.get(1))).isEqualTo(scores(log.getLast()));
    }

    /** PSNR and SSIM in a row of the log. */
    private static List<String> scores(String row) {
        List<String> fields = Arrays.asList(row.split(",", -1));
        return fields.subList(fields.size() - 2, fields.size());
    }

    @Test
    void aFinetuningThatMadeItsStartWorseSaysSoAlsoWhenItWasResumed() throws Exception {
        TrainResult whole = new TrainRun(finetuning("whole", 0.01), new RecordingListener())
                .run(false)
                .orElseThrow();
        TrainRun[] first = new TrainRun[1];
        first[0] = new TrainRun(finetuning("parts", 0.01), new RecordingListener(iteration -> {
            if (iteration == 5) {
                first[0].stop();
            }
        }));
        first[0].run(false);
        TrainResult resumed = new TrainRun(finetuning("parts", 0.01), new RecordingListener())
                .run(true)
                .orElseThrow();

        assertThat(whole.warnings())
                .last()
                .asString()
                .startsWith("warning: the network is worse than its start repsr-m4c16-x2: samples ")
                .endsWith("; a lower optimiser.rate keeps more of it");
        assertThat(resumed.warnings()).isEqualTo(whole.warnings());
        assertThat(folder.resolve("parts/report.html")).content().contains("worse than its start repsr-m4c16-x2");
    }
}
