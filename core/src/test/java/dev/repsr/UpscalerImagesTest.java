package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Kinds;
import dev.repsr.image.Picture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that come and go by memory, compared with those that come and go by files. */
class UpscalerImagesTest {
    private static final int WIDTH = 23;
    private static final int HEIGHT = 17;
    private static final BufferedImage NONE = new BufferedImage(1, 1, BufferedImage.TYPE_INT_BGR);
    private static final Upscaler RANDOM = Upscaler.of(TestModels.random(2, 5)).selfCheck(SelfCheckMode.OFF);

    @TempDir
    private Path folder;

    static Stream<Arguments> kinds() {
        return Kinds.all(WIDTH, HEIGHT).entrySet().stream()
                .filter(kind -> !kind.getValue().isAlphaPremultiplied())
                .map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void imagesGiveTheSamplesThatTheirFilesGive(String kind, BufferedImage image) throws IOException {
        Path file = writePng(image);
        Picture expected = read(RANDOM.upscale(file).toBytes(ImageType.PNG));

        assertThat(read(RANDOM.upscale(image).toBytes(ImageType.PNG))).isEqualTo(expected);
        assertSamples(RANDOM.upscale(image).asBufferedImage(), expected);
        assertSamples(RANDOM.upscale(file).asBufferedImage(), expected);
    }

    /** Dividing by alpha gives halves, which ImageIO rounds by binary fractions: sometimes down. */
    @ParameterizedTest
    @ValueSource(strings = {"INT_ARGB_PRE", "4BYTE_ABGR_PRE"})
    void coloursThatAreMultipliedWithAlphaAreDividedAsForTheirFiles(String kind) throws IOException {
        BufferedImage image = Kinds.all(WIDTH, HEIGHT).getOrDefault(kind, NONE);
        Upscaler same = RANDOM.width(WIDTH);

        Picture expected = read(same.upscale(writePng(image)).toBytes(ImageType.PNG));
        BufferedImage made = same.upscale(image).asBufferedImage();

        assertThat(made.getType()).isEqualTo(BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < WIDTH * HEIGHT * 4; i++) {
            int x = i / 4 % WIDTH;
            int y = i / 4 / WIDTH;
            assertThat(made.getRaster().getSample(x, y, i % 4)).isCloseTo(expected.sample(x, y, i % 4), within(1));
        }
    }

    private Path writePng(BufferedImage image) throws IOException {
        Path file = folder.resolve("in.png");
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
        return file;
    }

    private static void assertSamples(BufferedImage image, Picture expected) {
        assertThat(image.getRaster().getNumBands()).isEqualTo(expected.format().channels());
        assertThat(image.getColorModel().hasAlpha()).isEqualTo(expected.format().hasAlpha());
        assertThat(image.isAlphaPremultiplied()).isFalse();
        assertThat(image.getColorModel().getComponentSize(0))
                .isEqualTo(expected.format().bitDepth());
        for (int y = 0; y < expected.height(); y++) {
            for (int x = 0; x < expected.width(); x++) {
                for (int c = 0; c < expected.format().channels(); c++) {
                    assertThat(image.getRaster().getSample(x, y, c)).isEqualTo(expected.sample(x, y, c));
                }
            }
        }
    }

    @Test
    void resultsHaveTheTypesOfAwtWhereThereAreSome() throws IOException {
        Map<String, BufferedImage> images = Kinds.all(WIDTH, HEIGHT);
        Map<String, Integer> expected = Map.of(
                "3BYTE_BGR", BufferedImage.TYPE_INT_RGB,
                "INT_ARGB_PRE", BufferedImage.TYPE_INT_ARGB,
                "BYTE_GRAY", BufferedImage.TYPE_BYTE_GRAY,
                "USHORT_GRAY", BufferedImage.TYPE_USHORT_GRAY,
                "USHORT_RGB", BufferedImage.TYPE_CUSTOM,
                "GRAY_ALPHA", BufferedImage.TYPE_CUSTOM);
        for (Map.Entry<String, Integer> kind : expected.entrySet()) {
            BufferedImage made =
                    RANDOM.upscale(images.getOrDefault(kind.getKey(), NONE)).asBufferedImage();
            assertThat(made.getType()).as(kind.getKey()).isEqualTo(kind.getValue());
        }
    }

    @Test
    void samplesInAnotherColourSpaceStayThereInFilesAndImages() throws IOException {
        BufferedImage linear = Kinds.custom(ColorSpace.CS_LINEAR_RGB, false, DataBuffer.TYPE_BYTE, WIDTH, HEIGHT);

        byte[] file = RANDOM.upscale(linear).toBytes(ImageType.PNG);
        BufferedImage image = RANDOM.upscale(linear).asBufferedImage();
        BufferedImage fromFile = RANDOM.upscale(file).asBufferedImage();

        assertThat(ImageReader.read(new ByteArrayInputStream(file), "file", ImageLimits.defaults())
                        .metadata()
                        .profile())
                .isNotNull();
        for (BufferedImage made : List.of(image, fromFile)) {
            ColorSpace colours = made.getColorModel().getColorSpace();
            assertThat(colours.isCS_sRGB()).isFalse();
            assertThat(colours.toRGB(new float[] {0.5f, 0.5f, 0.5f})[0]).isBetween(0.72f, 0.75f);
        }
        Upscaler stripping = RANDOM.with(RANDOM.options().withStrip(true));
        assertThat(stripping.upscale(linear).asBufferedImage().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    }

    @Test
    void bytesFilesAddressesAndStreamsAllGiveTheSame() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", WIDTH, HEIGHT);
        byte[] bytes = Files.readAllBytes(input);
        byte[] expected = RANDOM.upscale(input).toBytes(ImageType.PNG);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        RANDOM.upscale(input).toStream(stream, ImageType.PNG);
        RANDOM.upscale(input.toFile()).toFile(folder.resolve("a.png").toFile());
        RANDOM.upscale(bytes).toFile(folder.resolve("b.png"));
        RANDOM.upscale(input).toFile(folder.resolve("c"), ImageType.PNG);

        assertThat(stream.toByteArray()).isEqualTo(expected);
        assertThat(RANDOM.upscale(bytes).toBytes(ImageType.PNG)).isEqualTo(expected);
        assertThat(RANDOM.upscale(input.toUri().toURL()).toBytes(ImageType.PNG)).isEqualTo(expected);
        for (String name : List.of("a.png", "b.png", "c")) {
            assertThat(folder.resolve(name)).hasBinaryContent(expected);
        }
    }

    @Test
    void addressThatGivesNothingIsRefusedWithoutItsSecrets() {
        assertThatThrownBy(() -> RANDOM.upscale(URI.create("http://me:secret@localhost:9/a.png?key=secret")
                                .toURL())
                        .toBytes(ImageType.PNG))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.MISSING))
                .hasMessageContaining("localhost/a.png")
                .hasMessageNotContaining("secret");
    }

    @Test
    void pictureThatHasItsSizeAlreadyIsCopiedAsBytesAndDecodedAsAnImage() throws IOException {
        byte[] bytes = Files.readAllBytes(TestPictures.writePng(folder, "in.png", WIDTH, HEIGHT));
        Upscaler same = RANDOM.width(WIDTH);

        assertThat(same.upscale(bytes).toBytes(ImageType.PNG)).isEqualTo(bytes);
        assertSamples(same.upscale(bytes).asBufferedImage(), read(bytes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void qualityIsThatOfTheJpeg(boolean ofTheImage) throws IOException {
        BufferedImage image = Kinds.all(WIDTH, HEIGHT).getOrDefault("INT_RGB", NONE);
        UpscaleJob low = RANDOM.quality(20).upscale(image);
        UpscaleJob usual =
                ofTheImage ? RANDOM.upscale(image) : RANDOM.quality(95).upscale(image);

        assertThat(low.toBytes(ImageType.JPEG).length).isLessThan(usual.toBytes(ImageType.JPEG).length / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void qualityOutOfRangeIsWrong(int quality) {
        assertThatThrownBy(() -> RANDOM.quality(quality))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(quality));
    }

    @Test
    void imagesThatAreNotReadAreNamedAtOnce() {
        BufferedImage floats = Kinds.custom(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_FLOAT, 2, 2);
        BufferedImage luminous = Kinds.custom(ColorSpace.CS_CIEXYZ, false, DataBuffer.TYPE_BYTE, 2, 2);

        assertThatThrownBy(() -> RANDOM.upscale(floats))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> RANDOM.upscale(luminous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither grey nor RGB");
    }

    @Test
    void imagesKeepTheLimitsOfSizeAndMemory() {
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_ARGB);
        Upscaler small = RANDOM.with(RANDOM.options().withLimits(ImageLimits.ofInputPixels(100_000)));
        Upscaler poor = RANDOM.with(RANDOM.options().withMemoryBytes(200_000));

        assertThatThrownBy(() -> small.upscale(image).asBufferedImage())
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("400x300");
        assertThatThrownBy(() -> poor.upscale(image).asBufferedImage())
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("allowed");
    }

    @Test
    void planOfAnImageAndItsResultSayWhatIsDone() throws IOException {
        UpscaleJob job = RANDOM.upscale(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY));
        UpscalePlan plan = job.plan(ImageType.PNG);
        assertThat(job.result()).isEmpty();

        job.asBufferedImage();

        assertThat(plan.input().channels()).isEqualTo(1);
        UpscaleResult result = job.result().orElseThrow();
        assertThat(List.of(result.width(), result.height())).containsExactly(80, 60);
        assertThat(result.memoryBytes()).isGreaterThan(80 * 60);
    }

    @Test
    void memoryOfAResultInMemoryIsPlanned() throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        UpscaleJob toNowhere = RANDOM.upscale(image);
        long beside = toNowhere
                .to(ByteArrayOutputStream.nullOutputStream(), ImageType.PNG)
                .memoryBytes();
        UpscaleJob toBytes = RANDOM.upscale(image);
        toBytes.toBytes(ImageType.PNG);
        UpscaleJob toImage = RANDOM.upscale(image);
        toImage.asBufferedImage();

        assertThat(toBytes.result().orElseThrow().memoryBytes()).isEqualTo(beside + 3 * 80 * 60 * 3);
        assertThat(toImage.result().orElseThrow().memoryBytes()).isEqualTo(beside + 80 * 60 * 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100x1000", "1000x51", "46x34", "7x1000", "1x1"})
    void fittingIsTheLargestSizeWithinTheBox(String box) throws IOException {
        int width = Integer.parseInt(box.replaceAll("x.*", ""));
        int height = Integer.parseInt(box.replaceAll(".*x", ""));

        BufferedImage made = RANDOM.fitting(width, height)
                .upscale(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB))
                .asBufferedImage();

        assertThat(made.getWidth()).isLessThanOrEqualTo(width);
        assertThat(made.getHeight()).isLessThanOrEqualTo(height);
        assertThat(made.getWidth() == width || made.getHeight() == height).isTrue();
        double factor = Math.min((double) width / WIDTH, (double) height / HEIGHT);
        assertThat(made.getWidth()).isEqualTo((int) Math.max(1, Math.round(WIDTH * factor)));
    }

    @Test
    void boxWithoutPixelsIsWrong() {
        assertThatThrownBy(() -> RANDOM.fitting(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RANDOM.fitting(5, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentsAreToldOnceEachAndEndWithAHundred() throws IOException {
        List<Integer> few = new ArrayList<>();
        List<Integer> many = new ArrayList<>();

        RANDOM.upscale(new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB))
                .onProgress(UpscaleProgress.percent(few::add))
                .asBufferedImage();
        RANDOM.upscale(new BufferedImage(4, 300, BufferedImage.TYPE_INT_RGB))
                .onProgress(UpscaleProgress.percent(many::add))
                .asBufferedImage();

        assertThat(few).containsExactly(25, 50, 75, 100);
        assertThat(many).hasSize(101).isSorted().startsWith(0).endsWith(100);
    }

    @Test
    void transparencyDoesNotGoIntoAJpegUnlessThereIsNone() throws IOException {
        BufferedImage opaque = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 16; i++) {
            opaque.setRGB(i % 4, i / 4, 0xFF336699);
        }

        assertThat(read(RANDOM.upscale(opaque).toBytes(ImageType.JPEG)).format().channels())
                .isEqualTo(3);
        opaque.setRGB(1, 1, 0);
        assertThatThrownBy(() -> RANDOM.upscale(opaque).toBytes(ImageType.JPEG))
                .isInstanceOf(OutputRefused.class)
                .hasMessageContaining("transparency");
        assertThatThrownBy(() -> RANDOM.upscale(opaque).toBytes(ImageType.BMP)).isInstanceOf(OutputRefused.class);
    }

    @Test
    void warmUpIsAnEnlargementThatMayFailLikeOne() throws IOException {
        Upscaler nearest = Upscaler.of(TestModels.nearest(2));
        nearest.warmUp();
        nearest.warmUp(300, 5);

        assertThatThrownBy(() -> RANDOM.selfCheck(SelfCheckMode.ON).warmUp())
                .isInstanceOf(dev.repsr.check.OutputDisagrees.class);
        assertThatThrownBy(() -> nearest.with(UpscaleOptions.defaults().withMemoryBytes(1000))
                        .warmUp(300, 300))
                .isInstanceOf(ImageRefused.class);
    }

    private static Picture read(byte[] file) throws IOException {
        return ImageReader.read(new ByteArrayInputStream(file), "file", ImageLimits.defaults())
                .picture();
    }
}
