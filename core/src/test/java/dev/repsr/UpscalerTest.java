package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.format.ModelRefused;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscalerTest {
    private static final int SCALE = 3;
    private static final Upscaler NEAREST = Upscaler.of(TestModels.nearest(SCALE));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 8, false", "2, 8, false", "3, 8, false", "4, 8, false", "1, 16, false", "2, 16, false", "3, 16, false",
                "4, 16, false",
        "1, 8, true", "2, 8, true", "3, 8, true", "4, 8, true", "1, 16, true", "2, 16, true", "3, 16, true",
                "4, 16, true"
    })
    void whatGoesInComesOutWithEachPixelRepeated(int channels, int bitDepth, boolean ensemble) throws IOException {
        Picture picture = TestPictures.noise(7, 5, channels, bitDepth, 3);
        Path input = write("in.png", TestPictures.encode(picture, ImageType.PNG));
        Path output = folder.resolve("out.png");

        NEAREST.with(NEAREST.options().withEnsemble(ensemble)).upscale(input).to(output);

        Picture enlarged = ImageReader.read(output, ImageLimits.defaults()).picture();
        assertThat(enlarged.format()).isEqualTo(picture.format().resized(7 * SCALE, 5 * SCALE));
        for (int y = 0; y < enlarged.height(); y++) {
            for (int x = 0; x < enlarged.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    assertThat(enlarged.sample(x, y, c)).isEqualTo(picture.sample(x / SCALE, y / SCALE, c));
                }
            }
        }
    }

    @Test
    void resultSaysWhatWasDone() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 9, 4);
        Path output = folder.resolve("out.jpg");

        UpscaleResult result = NEAREST.upscale(input).to(output);

        assertThat(result.input()).isEqualTo(input.toString());
        assertThat(result.output()).isEqualTo(output.toString());
        assertThat(result.type()).isEqualTo(ImageType.JPEG);
        assertThat(List.of(result.width(), result.height(), result.scale())).containsExactly(27, 12, 3);
        assertThat(result.model()).isEqualTo("nearest-x3");
        assertThat(result.engine()).isIn("direct", "winograd", "scalar");
        assertThat(result.warnings()).isEmpty();
        assertThat(ImageReader.read(output, ImageLimits.defaults()).type()).isEqualTo(ImageType.JPEG);
    }

    @Test
    void streamsGiveTheSameBytesAsFiles() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 20, 30);
        Path output = folder.resolve("out.png");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        NEAREST.upscale(input).to(output);
        NEAREST.upscale(new ByteArrayInputStream(Files.readAllBytes(input))).to(bytes, ImageType.PNG);

        assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(output));
    }

    @Test
    void oneUpscalerServesSeveralThreadsAndAnyNumberOfThreadsGivesTheSameBits() throws Exception {
        Upscaler random = Upscaler.of(TestModels.random(2, 5)).selfCheck(SelfCheckMode.OFF);
        Path input = TestPictures.writePng(folder, "in.png", 33, 61);
        List<Callable<byte[]>> jobs = new ArrayList<>();
        for (int threads = 1; threads <= 4; threads++) {
            Upscaler upscaler = random.with(random.options().withThreads(threads));
            for (int i = 0; i < 3; i++) {
                jobs.add(() -> enlarge(upscaler, input));
            }
        }
        byte[] expected = enlarge(random, input);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<byte[]> result : pool.invokeAll(jobs)) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    private static byte[] enlarge(Upscaler upscaler, Path input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        upscaler.upscale(input).to(bytes, ImageType.PNG);
        return bytes.toByteArray();
    }

    @Test
    void listenerHearsOfEveryRow() throws IOException {
        List<Integer> heard = new ArrayList<>();
        Path input = TestPictures.writePng(folder, "in.png", 4, 5);

        NEAREST.upscale(input)
                .onProgress((done, rows) -> {
                    assertThat(rows).isEqualTo(15);
                    heard.add(done);
                })
                .to(folder.resolve("out.png"));

        assertThat(heard).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void cancelledJobLeavesNothingBehind() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 40, 40);
        UpscaleJob job = NEAREST.upscale(input);
        job.onProgress((done, rows) -> {
            if (done == 7) {
                job.cancel();
            }
        });

        assertThatThrownBy(() -> job.to(folder.resolve("out.png")))
                .isInstanceOf(UpscaleCancelled.class)
                .hasMessageContaining("in.png");
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void interruptedThreadLeavesNothingBehindAndStaysInterrupted() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 40, 40);
        UpscaleJob job = NEAREST.upscale(input).onProgress((done, rows) -> {
            if (done == 7) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> job.to(folder.resolve("out.png"))).isInstanceOf(UpscaleCancelled.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void existingOutputIsRefusedUnlessOverwritingIsAllowed() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 4, 4);
        Path output = write("out.png", "mine".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> NEAREST.upscale(input).to(output))
                .isInstanceOfSatisfying(
                        OutputRefused.class, e -> assertThat(e.reason()).isEqualTo(OutputRefused.Reason.EXISTS));
        assertThat(output).hasContent("mine");

        NEAREST.with(UpscaleOptions.defaults().withOverwrite(true))
                .upscale(input)
                .to(output);
        assertThat(ImageReader.read(output, ImageLimits.defaults()).picture().width())
                .isEqualTo(12);
    }

    @Test
    void inputIsNeverOverwrittenHoweverItIsSpelt() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 4, 4);
        byte[] before = Files.readAllBytes(input);
        Path other = folder.resolve(".").resolve("in.png");
        Upscaler overwriting = NEAREST.with(UpscaleOptions.defaults().withOverwrite(true));

        assertThatThrownBy(() -> overwriting.upscale(input).to(other))
                .isInstanceOfSatisfying(
                        OutputRefused.class, e -> assertThat(e.reason()).isEqualTo(OutputRefused.Reason.IS_INPUT));
        assertThat(input).hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource({"out.bmp", "out.psd", "out", "png"})
    void outputWithoutWritableFormatIsRefused(String name) throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 4, 4);

        assertThatThrownBy(() -> NEAREST.upscale(input).to(folder.resolve(name)))
                .isInstanceOfSatisfying(
                        OutputRefused.class, e -> assertThat(e.reason()).isEqualTo(OutputRefused.Reason.UNSUPPORTED));
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void transparencyIsNotLostInAJpeg() throws IOException {
        Path input = write("in.png", TestPictures.encode(TestPictures.noise(4, 4, 4, 8, 1), ImageType.PNG));

        assertThatThrownBy(() -> NEAREST.upscale(input).to(folder.resolve("out.jpg")))
                .isInstanceOf(OutputRefused.class)
                .hasMessageContaining("transparency");
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNeed() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 600, 400);
        Upscaler small = NEAREST.with(UpscaleOptions.defaults().withMemoryBytes(100_000));

        assertThatThrownBy(() -> small.upscale(input).to(folder.resolve("out.png")))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.TOO_LARGE))
                .hasMessageContaining("in.png")
                .hasMessageContaining("1 MiB are allowed");
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void inputAndOutputBeyondTheLimitsAreRefused() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 10, 10);

        for (ImageLimits limits : List.of(new ImageLimits(99, 10_000, 10_000), new ImageLimits(100, 899, 10_000))) {
            Upscaler limited = NEAREST.with(UpscaleOptions.defaults().withLimits(limits));
            assertThatThrownBy(() -> limited.upscale(input).to(folder.resolve("out.png")))
                    .isInstanceOfSatisfying(
                            ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.TOO_LARGE));
        }
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void truncatedJpegIsEnlargedWithAWarningButRefusedWhenStrict() throws IOException {
        Path input = TestPictures.writeTruncated(folder, "in.jpg");
        Upscaler strict = NEAREST.with(UpscaleOptions.defaults().withStrict(true));

        assertThatThrownBy(() -> strict.upscale(input).to(folder.resolve("out.png")))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.DAMAGED));
        assertThat(names()).containsExactly("in.jpg");

        assertThat(NEAREST.upscale(input).to(folder.resolve("out.png")).warnings())
                .isNotEmpty();
        assertThat(names()).containsExactlyInAnyOrder("in.jpg", "out.png");
    }

    @Test
    void truncatedPngIsRefused() throws IOException {
        Path input = TestPictures.writeTruncated(folder, "in.png");

        assertThatThrownBy(() -> NEAREST.upscale(input).to(folder.resolve("out.png")))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.DAMAGED));
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void missingFolderIsSaidInOneSentence() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 4, 4);

        assertThatThrownBy(() -> NEAREST.upscale(input).to(folder.resolve("none/out.png")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void modelsAreLoadedByFileAndUnknownNamesAreRefused() throws IOException {
        Path file = TestModels.writeNearest(folder, 2);

        assertThat(Upscaler.load(file.toString()).model().name()).isEqualTo("nearest-x2");
        assertThatThrownBy(() -> Upscaler.load("repsr-m4c16-x99"))
                .isInstanceOf(UnknownModel.class)
                .hasMessageContaining("repsr-m4c16-x99");
        assertThatThrownBy(
                        () -> Upscaler.load(folder.resolve("none.safetensors").toString()))
                .isInstanceOf(ModelRefused.class);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
