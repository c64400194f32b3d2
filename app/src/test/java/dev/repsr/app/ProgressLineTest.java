package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void shortWorkShowsNothing() {
        try (ProgressLine line = line(true)) {
            nanos.addAndGet(900_000_000L);
            line.rowsDone(50, 100);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void longWorkShowsShareAndTimeLeftAndIsWipedAtTheEnd() {
        try (ProgressLine line = line(true)) {
            nanos.addAndGet(30_000_000_000L);
            line.rowsDone(10, 40);
            line.rowsDone(11, 40);
        }
        assertThat(shown()).isEqualTo("\rphoto.png: 25 %, 1 min 30 s left\r                                \r");
    }

    @Test
    void nothingIsShownWhereNobodyWatches() {
        try (ProgressLine line = line(false)) {
            nanos.addAndGet(30_000_000_000L);
            line.rowsDone(10, 40);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void durationsAreSaidInTwoUnits() {
        assertThat(ProgressLine.duration(0)).isEqualTo("0 s");
        assertThat(ProgressLine.duration(59)).isEqualTo("59 s");
        assertThat(ProgressLine.duration(3599)).isEqualTo("59 min 59 s");
        assertThat(ProgressLine.duration(7260)).isEqualTo("2 h 1 min");
    }

    private ProgressLine line(boolean terminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new ProgressLine(
                new Console(
                        InputStream.nullInputStream(),
                        stream,
                        stream,
                        () -> terminal,
                        new StopSignal(Thread.currentThread())),
                "photo.png",
                nanos::get);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
