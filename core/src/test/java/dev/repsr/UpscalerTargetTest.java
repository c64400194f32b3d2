package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.image.ResizedRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscalerTargetTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1.5, 60,  45, 2, RESAMPLED",
        "2,   80,  60, 2, ENLARGED",
        "2.5, 100, 75, 3, RESAMPLED",
        "4,   160, 120, 4, ENLARGED",
        "5,   200, 150, 6, RESAMPLED",
        "6,   240, 180, 6, ENLARGED",
        "7,   280, 210, 8, RESAMPLED",
        "8,   320, 240, 8, ENLARGED",
        "1,   40,  30, 1, COPIED"
    })
    void builtInNetworkThatFitsIsTakenAndTheRestIsResampled(
            double factor, int width, int height, int scale, Treatment treatment) throws IOException {
        UpscaleResult result = enlarge(builtIn().times(factor));

        assertThat(result.scale()).isEqualTo(scale);
        assertThat(result.treatment()).isEqualTo(treatment);
        assertSize(result, width, height);
    }

    @Test
    void sidesInPixelsKeepTheShape() throws IOException {
        assertSize(enlarge(builtIn().width(101)), 101, 76);
        assertSize(enlarge(builtIn().height(101)), 135, 101);
        assertSize(enlarge(builtIn().longSide(101)), 101, 76);
    }

    @Test
    void namedModelRunsWhateverSizeIsAskedFor() throws IOException {
        UpscaleResult result = enlarge(Upscaler.of(TestModels.nearest(3)).times(2));

        assertThat(result.model()).isEqualTo("nearest-x3");
        assertThat(result.treatment()).isEqualTo(Treatment.RESAMPLED);
        assertSize(result, 2 * WIDTH, 2 * HEIGHT);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "13, 10", "39, 29"})
    void pictureThatIsTooLargeIsReducedToExactlyTheSize(int width, int height) throws IOException {
        UpscaleResult result = enlarge(builtIn().width(width));

        assertThat(result.treatment()).isEqualTo(Treatment.REDUCED);
        assertThat(result.model()).isEmpty();
        assertSize(result, width, height);
        Picture small = picture(Files.readAllBytes(Path.of(result.output())));
        assertThat(small)
                .isEqualTo(Picture.read(
                        new ResizedRows(TestPictures.scene(WIDTH, HEIGHT).rows(), width, height)));
    }

    static List<Arguments> sizesAndWidths() {
        return List.of(
                Arguments.of(TargetSize.OF_THE_NETWORK, WIDTH),
                Arguments.of(new TargetSize.Times(1), WIDTH),
                Arguments.of(new TargetSize.Width(WIDTH), WIDTH),
                Arguments.of(new TargetSize.Times(2), 2 * WIDTH),
                Arguments.of(new TargetSize.Width(WIDTH / 2), WIDTH / 2));
    }

    @ParameterizedTest
    @MethodSource("sizesAndWidths")
    void networkThatDoesNotEnlargeRunsWhateverIsAskedFor(TargetSize target, int width) throws IOException {
        int height = width * HEIGHT / WIDTH;
        Upscaler brighter = Upscaler.of(PlantedModels.SHIFTED_BY_FOUR_LEVELS.model(1));
        Upscaler upscaler = with(
                brighter, options -> options.withSelfCheck(SelfCheckMode.OFF).withTarget(target));

        UpscaleResult result = upscaler.upscale(input()).to(folder.resolve("one.png"));

        assertThat(result.model()).isEqualTo("SHIFTED_BY_FOUR_LEVELS");
        assertSize(result, width, height);
        Picture before = TestPictures.scene(WIDTH, HEIGHT);
        float[] was = new float[3 * WIDTH];
        before.copyRow(20, was, 0);
        float[] is = new float[3 * width];
        picture(Files.readAllBytes(folder.resolve("one.png"))).copyRow(20 * height / HEIGHT, is, 0);
        assertThat(mean(is)).isCloseTo(mean(was) + 4 / 255.0, within(1.5 / 255));
    }

    private static double mean(float[] row) {
        double sum = 0;
        for (float sample : row) {
            sum += sample;
        }
        return sum / row.length;
    }

    @Test
    void pictureOfTheSizeAskedForIsCopiedToTheByte() throws IOException {
        Path input = input();
        Path output = folder.resolve("copy.png");

        UpscaleResult result = builtIn().width(WIDTH).upscale(input).to(output);

        assertThat(result.treatment()).isEqualTo(Treatment.COPIED);
        assertThat(output).hasBinaryContent(Files.readAllBytes(input));
        assertThat(result.model()).isEmpty();
    }

    @Test
    void pictureOfTheSizeAskedForBecomesAnotherFormatWithoutTheNetwork() throws IOException {
        Path input = input();
        ByteArrayOutputStream png = new ByteArrayOutputStream();

        builtIn().longSide(WIDTH).upscale(input).to(folder.resolve("copy.jpg"));
        builtIn()
                .longSide(WIDTH)
                .upscale(new ByteArrayInputStream(Files.readAllBytes(input)))
                .to(png, ImageType.PNG);

        assertThat(ImageReader.read(folder.resolve("copy.jpg"), ImageLimits.defaults())
                        .type())
                .isEqualTo(ImageType.JPEG);
        assertThat(picture(png.toByteArray())).isEqualTo(picture(Files.readAllBytes(input)));
    }

    @Test
    void planSaysBeforehandWhatTheJobDoes() throws IOException {
        Upscaler upscaler = builtIn().times(1.5);

        UpscalePlan plan = upscaler.upscale(input()).plan(ImageType.PNG);
        UpscaleResult result = enlarge(upscaler);

        assertThat(plan.treatment()).isEqualTo(result.treatment());
        assertThat(plan.model()).isEqualTo(result.model());
        assertThat(plan.output().width()).isEqualTo(result.width());
        assertThat(plan.output().height()).isEqualTo(result.height());
        assertThat(plan.input().channels()).isEqualTo(3);
        assertThat(plan.leastBytes()).isPositive().isLessThanOrEqualTo(plan.mostBytes());
    }

    @Test
    void planCountsWhatTheEncoderHolds() throws IOException {
        Upscaler upscaler = builtIn();
        Path input = TestPictures.writeScene(folder, "large.png", 300, 200);
        long byRows = upscaler.upscale(input).plan(ImageType.PNG).leastBytes();
        long whole = upscaler.upscale(input).plan(ImageType.GIF).leastBytes();

        assertThat(whole - byRows).isGreaterThan(5L * 1200 * 800);
        assertThat(with(upscaler, o -> o.withMemoryBytes(whole))
                        .upscale(input)
                        .to(folder.resolve("out.gif"))
                        .memoryBytes())
                .isLessThanOrEqualTo(whole);
        assertThatThrownBy(() -> with(upscaler, o -> o.withMemoryBytes(whole / 2))
                        .upscale(input)
                        .to(folder.resolve("out.gif")))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("MiB of memory");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 7, 8})
    void memoryThatThePlanCallsTheLeastIsEnoughAndHalfOfItIsNot(double factor) throws IOException {
        Upscaler upscaler = builtIn().times(factor);
        Path input = input();
        long least = upscaler.upscale(input).plan(ImageType.PNG).leastBytes();

        UpscaleResult result = enlarge(with(upscaler, o -> o.withMemoryBytes(least)));

        assertThat(result.width()).isEqualTo(Math.round(WIDTH * factor));
        assertThat(result.memoryBytes()).isLessThanOrEqualTo(least);
        assertThatThrownBy(() -> enlarge(with(upscaler, o -> o.withMemoryBytes(least / 2))))
                .isInstanceOf(ImageRefused.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.7, 5, 8})
    void bitsDoNotDependOnThreadsOrMemory(double factor) throws IOException {
        Upscaler upscaler = builtIn().times(factor);
        long least = upscaler.upscale(input()).plan(ImageType.PNG).leastBytes();
        Picture expected = picture(Files.readAllBytes(Path.of(enlarge(upscaler).output())));

        for (int threads = 1; threads <= 3; threads++) {
            int count = threads;
            for (long memory : new long[] {least, 1L << 28}) {
                UpscaleResult result =
                        enlarge(with(upscaler, o -> o.withThreads(count).withMemoryBytes(memory)));
                assertThat(picture(Files.readAllBytes(Path.of(result.output()))))
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 8.01, 0, -1, Double.NaN})
    void enlargementBeyondOneToEightIsRefused(double factor) {
        assertThatThrownBy(() -> new TargetSize.Times(factor)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoNetworksRunInTurnEachClampedCheckedAndCountedInThePlan() throws IOException {
        Upscaler eight = builtIn().times(8);
        Upscaler two = builtIn().times(2);

        UpscaleResult result = enlarge(eight);
        UpscalePlan plan = eight.upscale(input()).plan(ImageType.PNG);

        assertThat(result.model())
                .isEqualTo(Models.defaultOf(2).name() + " then "
                        + Models.defaultOf(4).name())
                .isEqualTo(plan.model());
        assertThat(plan.mostBytes())
                .isGreaterThan(two.upscale(input()).plan(ImageType.PNG).mostBytes());
        assertThat(result.memoryBytes()).isLessThanOrEqualTo(plan.mostBytes());
        UpscaleResult ensemble = enlarge(with(eight, o -> o.withEnsemble(true)));
        assertThat(ensemble.width()).isEqualTo(8 * WIDTH);
        assertThat(enlarge(eight.selfCheck(SelfCheckMode.STRICT)).width()).isEqualTo(8 * WIDTH);
    }

    @Test
    void progressOfTwoNetworksCountsTheRowsThatAreWritten() throws IOException {
        List<Integer> seen = new ArrayList<>();

        builtIn()
                .times(8)
                .upscale(input())
                .onProgress((done, all) -> {
                    assertThat(all).isEqualTo(8 * HEIGHT);
                    seen.add(done);
                })
                .to(folder.resolve("out.png"));

        assertThat(seen).isSorted().endsWith(8 * HEIGHT);
    }

    private static Upscaler builtIn() throws IOException {
        return Upscaler.builtIn(4, UpscaleOptions.defaults().withOverwrite(true));
    }

    private static Upscaler with(Upscaler upscaler, UnaryOperator<UpscaleOptions> change) {
        return upscaler.with(change.apply(upscaler.options()));
    }

    private Path input() throws IOException {
        return TestPictures.writeScene(folder, "in.png", WIDTH, HEIGHT);
    }

    private UpscaleResult enlarge(Upscaler upscaler) throws IOException {
        return upscaler.upscale(input()).to(folder.resolve("out.png"));
    }

    private static Picture picture(byte[] file) throws IOException {
        return ImageReader.read(new ByteArrayInputStream(file), "picture", ImageLimits.defaults())
                .picture();
    }

    private static void assertSize(UpscaleResult result, int width, int height) throws IOException {
        assertThat(result.width()).isEqualTo(width);
        assertThat(result.height()).isEqualTo(height);
        Picture written = picture(Files.readAllBytes(Path.of(result.output())));
        assertThat(written.width()).isEqualTo(width);
        assertThat(written.height()).isEqualTo(height);
    }
}
