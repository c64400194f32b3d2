package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.app.folder.FolderTask;
import dev.repsr.image.ImageType;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FolderProgressTest {
    private static final FolderTask FIRST = task("a.png", 300);
    private static final FolderTask SECOND = task("b.png", 700);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final FolderProgress progress = new FolderProgress(
            new Console(
                    InputStream.nullInputStream(), stream, stream, () -> true, new StopSignal(Thread.currentThread())),
            nanos::get);

    @Test
    void runIsShownBeforeItsFirstPictureIsDone() {
        progress.expect(List.of(FIRST, SECOND));
        nanos.set(5_000_000_000L);

        progress.working(FIRST, 0.5);
        assertThat(shown()).isEqualTo("0 of 2, 28 s left");

        nanos.set(10_000_000_000L);
        progress.working(SECOND, 0.5);
        assertThat(shown()).isEqualTo("0 of 2, 10 s left");

        nanos.set(20_000_000_000L);
        progress.done(FIRST);
        assertThat(shown()).isEqualTo("1 of 2, 11 s left");
    }

    private static FolderTask task(String name, long bytes) {
        return new FolderTask(Path.of(name), name, Path.of("out", name), ImageType.PNG, bytes);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8).replaceAll("(?s).*\r", "").strip();
    }
}
