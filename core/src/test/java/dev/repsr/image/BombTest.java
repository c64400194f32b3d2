package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.image.ImageRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Files that promise far more pixels than they have bytes are refused from their headers. */
class BombTest {
    /** The goal is a tenth of it; a hang guard. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void bombOfEachFormatIsRefusedAtOnce() throws Throwable {
        for (Map.Entry<ImageType, byte[]> bomb : Bombs.all().entrySet()) {
            CpuTime.assertAtMost(AT_ONCE, () -> {
                ImageRefused refused =
                        catchThrowableOfType(ImageRefused.class, () -> ImageReaderTest.read(bomb.getValue()));
                assertThat(refused).hasMessageContainingAll("30000x30000", "limit");
                assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
            });
        }
    }

    @Test
    void programOf64MebibytesRefusesThemAll(TestReporter reporter) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bombs.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();

        String said = Files.readString(log);
        reporter.publishEntry("refusals", said);
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.lines())
                .hasSize(ImageType.values().length)
                .allSatisfy(line -> assertThat(line).contains(" TOO_LARGE ", "30000x30000"));
    }
}
