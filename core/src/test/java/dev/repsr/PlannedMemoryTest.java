package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.ImageType;
import dev.repsr.image.PictureLayouts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says of memory, against what jobs really take: all formats, kinds of pixels, ways of storing, and turns. */
class PlannedMemoryTest {
    private static final int HANG_GUARD_MINUTES = 10;

    @TempDir
    private Path folder;

    /** Outputs of a given longest side: copied at 1, so that reading alone counts, else enlarged. */
    @ParameterizedTest
    @CsvSource({
        "1001, 701, TIFF, 1, .*",
        "401, 303, PNG, 802, (png-2-8-|png-6-16-|jpeg-rgb|tiff-3-8|gif).*",
        "401, 303, GIF, 802, (png-2-8-plain|jpeg-rgb|gif).*",
        "401, 303, WEBP, 802, (png-6-8-plain|jpeg-rgb|gif).*"
    })
    void plannedMemoryIsEnough(int width, int height, ImageType output, int longSide, String names) throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("in"));
        for (Map.Entry<String, byte[]> file : PictureLayouts.all(width, height).entrySet()) {
            if (file.getKey().matches(names)) {
                Files.write(pictures.resolve(file.getKey()), file.getValue());
            }
        }

        List<String> trials = trials(pictures, output, longSide);

        assertThat(trials).hasSize((int) count(pictures));
        SoftAssertions.assertSoftly(softly -> {
            for (String trial : trials) {
                String[] found = trial.split(" ", -1);
                softly.assertThat(found[2]).as(trial + ": planned is enough").isEqualTo("true");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, PNG, 2", "61, 47, PNG, 122", "61, 47, GIF, 122", "61, 47, WEBP, 122", "320, 203, TIFF, 1"})
    void jobThatMayTakeWhatItsPlanSaysIsNeverRefused(int width, int height, ImageType output, int longSide)
            throws IOException {
        for (Map.Entry<String, byte[]> file : PictureLayouts.all(width, height).entrySet()) {
            Path input = Files.write(folder.resolve(file.getKey()), file.getValue());
            UpscaleOptions options =
                    UpscaleOptions.defaults().withThreads(2).withTarget(new TargetSize.LongSide(longSide));
            UpscalePlan plan =
                    Upscaler.of(TestModels.nearest(2), options).upscale(input).plan(output);
            for (long bytes : new long[] {plan.leastBytes(), plan.mostBytes()}) {
                Upscaler upscaler = Upscaler.of(TestModels.nearest(2), options.withMemoryBytes(bytes));

                UpscaleResult result = upscaler.upscale(input).to(OutputStream.nullOutputStream(), output);

                assertThat(result.memoryBytes()).as(file.getKey()).isLessThanOrEqualTo(bytes);
            }
        }
    }

    private List<String> trials(Path pictures, ImageType output, int longSide)
            throws IOException, InterruptedException {
        Path lines = folder.resolve("lines");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx200m",
                        "-Xmn1m",
                        // What is kept as long as there is memory would be memory that a plan does not know of.
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryTrials.class.getName(),
                        pictures.toString(),
                        output.name(),
                        Integer.toString(longSide))
                .redirectError(folder.resolve("log").toFile())
                .redirectOutput(lines.toFile())
                .start();
        boolean ended = process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        return Files.readAllLines(lines);
    }

    private static long count(Path pictures) throws IOException {
        try (Stream<Path> all = Files.list(pictures)) {
            return all.count();
        }
    }
}
