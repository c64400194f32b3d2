package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.TrainStep;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainReportTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final CommonOptions common = new CommonOptions();

    @Test
    void terminalHasOneLineThatIsRewritten() {
        try (TrainReport report = report(true)) {
            report.step(new TrainStep(10, 100, 0.0123, 1e-3, "batch", 20, 4.5, 0.012, 30.126));
            report.step(new TrainStep(11, 100, 0.0123, 1e-3, "batch", 20, 4.5, 0.012, 30.126));
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "\r10 of 100 (batch): loss 0.01230, rate 1.0e-03, 20.0 it/s, loader 1.2 %, 30.13 dB, 5 s left\r")
                .doesNotContain("11 of")
                .doesNotContain("\n");
    }

    @Test
    void logFileHasALineEveryHalfMinuteAndTheLastStep() {
        try (TrainReport report = report(false)) {
            for (int step = 1; step <= 100; step++) {
                nanos.addAndGet(1_000_000_000L);
                report.step(new TrainStep(step, 100, 0.5, 1e-3, "frozen", 1, 100 - step, 0, Double.NaN));
            }
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("1", "31", "61", "91", "100");
    }

    @Test
    void jsonStepHasTheKeysOfTheContract() {
        common.json = true;
        try (TrainReport report = report(true)) {
            report.step(new TrainStep(10, 100, 0.25, 1e-3, "batch", 20, 4.5, 0.012, Double.NaN));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("{\"event\":\"step\",\"iteration\":10,\"loss\":0.25,\"lr\":0.001,"
                        + "\"phase\":\"batch\",\"it_per_s\":20.0,\"iterations\":100,\"loader_share\":0.012,"
                        + "\"seconds_left\":4.5}");
        assertThat(err.size()).isZero();
    }

    private TrainReport report(boolean terminal) {
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> terminal,
                new StopSignal(Thread.currentThread()));
        return new TrainReport(console, common, nanos::get);
    }
}
