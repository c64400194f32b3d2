package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.Pictures;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture goes from decoder to encoder by rows: a JVM that could hold neither the input nor the output enlarges it. */
class BoundedMemoryTest {
    private static final long MIB = 1L << 20;
    /** What a JVM needs for itself before any picture. */
    private static final long JVM = 14 * MIB;

    private static final PictureFormat SIZE = new PictureFormat(2_000, 3_000, 3, 8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"PNG, PNG", "PNG, TIFF", "TIFF, PNG", "PNG, JPEG"})
    void plannedMemoryAndATenthMoreAreEnough(ImageType in, ImageType out) throws Exception {
        Path input = folder.resolve("in." + in.extension());
        Picture picture = Pictures.smooth(SIZE);
        AtomicFile.write(input, body -> ImageWriter.write(picture.rows(), in, EncodeOptions.defaults(), body));
        Path expected = folder.resolve("expected." + out.extension());
        UpscaleResult result = EnlargeTwice.run(input, expected, 64 * MIB);
        // Decoded 17 MiB, enlarged 69 MiB.
        assertThat(result.memoryBytes()).isLessThan(14 * MIB);

        Path output = folder.resolve("out." + out.extension());
        int code = started(input, output, result.memoryBytes() * 11 / 10 + JVM, 64 * MIB);

        assertThat(code).isZero();
        assertThat(Files.mismatch(output, expected)).isEqualTo(-1);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNumber() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 900, 700);

        Assertions.assertThatThrownBy(() -> EnlargeTwice.run(input, folder.resolve("out.png"), MIB / 2))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("MiB of memory");
        assertThat(folder.resolve("out.png")).doesNotExist();
    }

    private int started(Path input, Path output, long heap, long memory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        String.format(Locale.ROOT, "-Xmx%dk", heap / 1024),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnlargeTwice.class.getName(),
                        input.toString(),
                        output.toString(),
                        Long.toString(memory))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(folder.resolve("log")).content().isEmpty();
        return process.exitValue();
    }
}
