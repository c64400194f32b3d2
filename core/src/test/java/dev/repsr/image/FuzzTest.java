package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coverage-guided fuzzing of the probes and of each reader by Jazzer, in a process of its own that begins with one sound file of
 * each format. A coverage below the recorded one means that the fuzzer does not see the code any more, or that the seeds are
 * refused at the door. {@code -Drepsr.fuzz.runs=1000000} makes it a long hunt.
 */
@Tag("data")
class FuzzTest {
    private static final int RUNS = Integer.getInteger("repsr.fuzz.runs", 5_000);
    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");

    @TempDir
    private Path folder;

    /** Four fifths of what was counted when this was written. */
    @ParameterizedTest
    @CsvSource({", 750", "PNG, 350", "JPEG, 380", "TIFF, 600", "GIF, 270", "WEBP, 270", "BMP, 260", "PNM, 220"})
    void nothingButPixelsAndRefusals(@Nullable ImageType type, int leastCoverage) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (Map.Entry<String, byte[]> seed : HostileBytesTest.files().entrySet()) {
            AtomicFile.write(corpus.resolve(seed.getKey()), out -> out.write(seed.getValue()));
        }
        Path log = folder.resolve("log");

        int code = fuzz(type, corpus, log);

        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(code).as(text).isZero();
        Matcher done = DONE.matcher(text);
        assertThat(done.find()).as(text).isTrue();
        assertThat(Integer.parseInt(done.group(1))).isGreaterThanOrEqualTo(RUNS);
        assertThat(Integer.parseInt(done.group(2))).as("coverage").isGreaterThanOrEqualTo(leastCoverage);
    }

    private int fuzz(@Nullable ImageType type, Path corpus, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D" + FuzzTarget.TYPE + "=" + (type == null ? "" : type.name()),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzTarget.class.getName(),
                        "--instrumentation_includes=dev.repsr.image.**",
                        "--disabled_hooks=*",
                        String.format(Locale.ROOT, "-runs=%d", RUNS),
                        "-seed=1",
                        "-timeout=60",
                        // It counts the peak of the process that started it as its own; the heap has its limit above.
                        "-rss_limit_mb=0",
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(2L + RUNS / 500, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return process.exitValue();
    }
}
