package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    @Tag("data")
    @ParameterizedTest
    @ValueSource(strings = {"sample", "benchmarks/Set5", "benchmarks/Set14", "benchmarks/B100", "benchmarks/Urban100"})
    void noCleanPictureIsCalledPoor(String folder) throws IOException {
        for (Path file : pictures(TestData.require(folder))) {
            Condition condition = condition(Files.readAllBytes(file));
            assertThat(condition.isPoor()).as("%s %s", file, condition).isFalse();
        }
    }

    @Test
    void sampleIsSoundAndSaidToBe() throws IOException {
        Condition condition = condition(Files.readAllBytes(SAMPLES.resolve("pepper-stem.png")));

        assertThat(condition.isPoor()).isFalse();
        assertThat(condition.words()).isEqualTo("a sound picture");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 50, 70, 75, 80, 90, 95, 100})
    void qualityOfAJpegIsReadFromItsTables(int quality) throws IOException {
        Condition condition = condition(jpeg(sample(), quality));

        assertThat(condition.jpegQuality()).isCloseTo(quality, within(1));
        assertThat(condition.isPoor()).isEqualTo(quality <= 80);
    }

    @Test
    void worseCompressionNeverLooksBetterAlsoAfterItWasSavedAsPng() throws IOException {
        Picture smooth = read(Files.readAllBytes(SAMPLES.resolve("pepper.jpg")));
        boolean poor = false;
        for (int quality : new int[] {90, 70, 50, 30}) {
            Picture spoilt = read(jpeg(smooth, quality));
            Condition condition = condition(png(spoilt));
            assertThat(condition.jpegQuality()).isZero();
            assertThat(condition.isPoor() || !poor)
                    .as("%d %s", quality, condition)
                    .isTrue();
            poor = condition.isPoor();
        }
        assertThat(poor).isTrue();
    }

    @Test
    void moreNoiseNeverLooksLessAndMuchIsFound() throws IOException {
        double before = -1;
        boolean poor = false;
        for (int sigma : new int[] {0, 4, 8, 14, 25}) {
            Condition condition = condition(png(noisy(sample(), sigma)));
            assertThat(condition.noise()).as("%d", sigma).isGreaterThan(before);
            assertThat(condition.isPoor() || !poor).isTrue();
            before = condition.noise();
            poor = condition.isPoor();
        }
        assertThat(condition(png(noisy(sample(), 4))).isPoor()).isFalse();
        assertThat(condition(png(noisy(sample(), 14))).words()).contains("noise of");
    }

    @Test
    void whatIsTooSmallOrHasOneColourIsSound() throws IOException {
        for (int side : new int[] {1, 17, 31, 64}) {
            byte[] grey = new byte[side * side];
            Arrays.fill(grey, (byte) 120);
            assertThat(condition(png(Picture.of(new PictureFormat(side, side, 1, 8), grey))))
                    .isEqualTo(Condition.SOUND);
        }
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(png|jpg|bmp)"))
                    .toList();
        }
    }

    private static Picture sample() throws IOException {
        return read(Files.readAllBytes(SAMPLES.resolve("landscape.jpg")));
    }

    private static Picture read(byte[] file) throws IOException {
        return ImageReader.read(new ByteArrayInputStream(file), "picture", ImageLimits.defaults())
                .picture();
    }

    private static Condition condition(byte[] file) throws IOException {
        try (PictureSource source =
                ImageReader.open(new ByteArrayInputStream(file), "picture", ReadOptions.of(ImageLimits.defaults()))) {
            return source.condition();
        }
    }

    private static byte[] jpeg(Picture picture, int quality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncodeOptions options =
                new EncodeOptions(quality, EncodeOptions.defaults().metadata());
        ImageWriter.write(picture.rows(), ImageType.JPEG, options, out);
        return out.toByteArray();
    }

    private static byte[] png(Picture picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.write(picture.rows(), ImageType.PNG, EncodeOptions.defaults(), out);
        return out.toByteArray();
    }

    /** Independent in every sample. */
    private static Picture noisy(Picture picture, int sigma) {
        Random random = new Random(1);
        PictureFormat format = picture.format();
        int stride = format.width() * format.channels();
        byte[] samples = new byte[stride * format.height()];
        float[] row = new float[stride];
        for (int y = 0; y < format.height(); y++) {
            picture.copyRow(y, row, 0);
            for (int i = 0; i < stride; i++) {
                samples[y * stride + i] =
                        (byte) Math.clamp(Math.round(255 * row[i] + sigma * random.nextGaussian()), 0, 255);
            }
        }
        return Picture.of(format, samples);
    }
}
