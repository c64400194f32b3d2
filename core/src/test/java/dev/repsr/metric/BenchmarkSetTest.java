package dev.repsr.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestPictures;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkSetTest {
    private static final BenchmarkSet.Enlarged IGNORE = (image, sr) -> {};

    @TempDir
    Path folder;

    private Picture write(String name, Picture picture) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, TestPictures.encode(picture, ImageType.ofName(name).orElseThrow()));
        return picture;
    }

    private BenchmarkSet load(String hr, @Nullable String lr, int scale, int modulo) throws IOException {
        return BenchmarkSet.load(folder.resolve(hr), lr == null ? null : folder.resolve(lr), scale, modulo);
    }

    private ImageRefused refusal(String hr, @Nullable String lr, int scale, int modulo) {
        ImageRefused refused = catchThrowableOfType(ImageRefused.class, () -> load(hr, lr, scale, modulo));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void picturesComeInTheOrderOfTheirNamesAndNothingElseIsRead() throws IOException {
        write("Set2/woman.png", TestPictures.noise(20, 20, 3, 8, 1));
        write("Set2/baby.png", TestPictures.noise(20, 20, 3, 8, 2));
        Files.writeString(folder.resolve("Set2/._baby.png"), "another system's notes on baby.png");
        Files.writeString(folder.resolve("Set2/README.md"), "text");
        write("Set2/deeper.png/other.png", TestPictures.noise(20, 20, 3, 8, 3));

        BenchmarkSet set = load("Set2", null, 2, 2);

        assertThat(set.name()).isEqualTo("Set2");
        assertThat(set.images()).extracting(BenchmarkImage::name).containsExactly("baby", "woman");
    }

    @Test
    void interruptionIsHeardBeforeTheNextPicture() throws IOException {
        write("set/a.png", TestPictures.noise(20, 20, 3, 8, 1));

        Thread.currentThread().interrupt();
        try {
            assertThat(catchThrowableOfType(InterruptedIOException.class, () -> load("set", null, 2, 2)))
                    .isNotNull();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 36, 28", "3, 3, 36, 27", "4, 4, 36, 28", "2, 12, 36, 24", "3, 12, 36, 24"})
    void originalsAreCroppedFromTheTopLeftAndReducedByBicubic(int scale, int modulo, int width, int height)
            throws IOException {
        Picture original = write("hr/a.png", TestPictures.noise(37, 29, 3, 8, 4));

        BenchmarkImage image = load("hr", null, scale, modulo).images().getFirst();

        assertThat(image.hr()).isEqualTo(original.crop(0, 0, width, height));
        assertThat(image.lr()).isEqualTo(Bicubic.reduce(image.hr(), scale));
    }

    @Test
    void greyAndDeepOriginalsAreReadAsRgbOfEightBits() throws IOException {
        Picture grey = write("hr/a.png", TestPictures.noise(24, 24, 1, 8, 5));
        Picture deep = write("hr/b.png", TestPictures.noise(24, 24, 4, 16, 6));

        List<BenchmarkImage> images = load("hr", null, 2, 2).images();

        assertThat(images).extracting(BenchmarkImage::hr).containsExactly(grey.toRgb8(), deep.toRgb8());
    }

    @Test
    void enlargingByBicubicScoresWhatBicubicScores() throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 7));
        write("hr/b.png", TestPictures.noise(30, 40, 3, 8, 8));
        BenchmarkSet set = load("hr", null, 2, 2);
        List<String> saved = new ArrayList<>();

        SetScore score = set.score(lr -> Bicubic.enlarge(lr, 2), (image, sr) -> {
            assertThat(sr).isEqualTo(Bicubic.enlarge(image.lr(), 2));
            saved.add(image.name());
        });

        assertThat(score.images()).isEqualTo(score.bicubic());
        assertThat(score.psnrY()).isEqualTo(score.bicubicPsnrY());
        assertThat(saved).containsExactly("a", "b");
    }

    @Test
    void theOriginalItselfScoresPerfectly() throws IOException {
        Picture original = write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 9));

        SetScore score = load("hr", null, 2, 2).score(lr -> original, IGNORE);

        assertThat(score.psnrY()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(score.ssimY()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aBorderOfScalePixelsDoesNotCountAndOnePixelFurtherInDoes(int scale) throws IOException {
        Picture original = write("hr/a.png", TestPictures.noise(48, 48, 3, 8, 10));
        BenchmarkSet set = load("hr", null, scale, scale);

        assertThat(set.score(lr -> spoiled(original, scale - 1), IGNORE).psnrY())
                .isInfinite();
        assertThat(set.score(lr -> spoiled(original, scale), IGNORE).psnrY()).isFinite();
    }

    /** Other values in the pixel on the diagonal that is {@code at} from two borders. */
    private static Picture spoiled(Picture picture, int at) {
        int width = picture.width();
        byte[] samples = new byte[width * picture.height() * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) picture.sample(i / 3 % width, i / 3 / width, i % 3);
        }
        samples[(at * width + at) * 3 + 1] ^= 0x40;
        return Picture.of(picture.format(), samples);
    }

    @Test
    void theScoreOfASetIsTheMeanOfItsPictures() throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 11));
        write("hr/b.png", TestPictures.noise(30, 40, 3, 8, 12));

        SetScore score = load("hr", null, 2, 2).score(lr -> Bicubic.enlarge(lr, 2), IGNORE);

        ImageScore a = score.images().getFirst();
        ImageScore b = score.images().getLast();
        assertThat(score.psnrY()).isCloseTo((a.psnrY() + b.psnrY()) / 2, within(1e-12));
        assertThat(score.ssimY()).isCloseTo((a.ssimY() + b.ssimY()) / 2, within(1e-12));
        assertThat(score.psnrRgb()).isCloseTo((a.psnrRgb() + b.psnrRgb()) / 2, within(1e-12));
        assertThat(score.worst()).isEqualTo(a.psnrY() <= b.psnrY() ? a : b);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "ax2.png"})
    void reducedPicturesOfTheSameNameOrWithTheScaleBehindItAreTaken(String name) throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 13));
        Picture lr = write("lr/" + name, TestPictures.noise(20, 15, 3, 8, 14));
        write("lr/ax3.png", TestPictures.noise(13, 10, 3, 8, 15));

        assertThat(load("hr", "lr", 2, 2).images().getFirst().lr()).isEqualTo(lr);
    }

    @Test
    void aReducedPictureOfTheWholeOriginalIsCroppedAsTheOriginalIs() throws IOException {
        write("hr/a.png", TestPictures.noise(41, 31, 3, 8, 16));
        Picture lr = write("lr/a.png", TestPictures.noise(20, 15, 3, 8, 17));

        BenchmarkImage image = load("hr", "lr", 2, 12).images().getFirst();

        assertThat(image.hr().width()).isEqualTo(36);
        assertThat(image.lr()).isEqualTo(lr.crop(0, 0, 18, 12));
    }

    @Test
    void aReducedPictureOfAnotherSizeIsRefused() throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 18));
        write("lr/a.png", TestPictures.noise(20, 14, 3, 8, 19));

        ImageRefused refused = refusal("hr", "lr", 2, 2);

        assertThat(refused).hasMessage(folder.resolve("lr/a.png") + ": 20x14 pixels, expected 20x15 for scale 2");
    }

    @Test
    void aReducedPictureThatIsMissingIsNamed() throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 20));
        Files.createDirectories(folder.resolve("lr"));

        assertThat(refusal("hr", "lr", 2, 2)).hasMessage(folder.resolve("lr") + ": there is no picture a or ax2");
        assertThat(refusal("hr", "none", 2, 2)).hasMessage(folder.resolve("none") + ": there is no such folder");
    }

    @Test
    void aFolderThatIsMissingOrHoldsNoPictureIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("empty"));

        assertThat(refusal("none", null, 2, 2)).hasMessage(folder.resolve("none") + ": there is no such folder");
        assertThat(refusal("empty", null, 2, 2).reason()).isEqualTo(Reason.MISSING);
    }

    @Test
    void aPictureThatCannotBeReadOrIsTooSmallStopsTheMeasurement() throws IOException {
        write("hr/a.png", TestPictures.noise(40, 30, 3, 8, 21));
        TestPictures.writeTruncated(Files.createDirectories(folder.resolve("cut")), "b.png");
        write("small/c.png", TestPictures.noise(40, 5, 3, 8, 22));

        assertThat(refusal("cut", null, 2, 2)).hasMessageContaining("b.png");
        assertThat(refusal("small", null, 2, 2)).hasMessageContaining("at least 6 a side are needed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, 3})
    void whatIsCroppedToIsAMultipleOfTheScale(int modulo) {
        assertThatIllegalArgumentException().isThrownBy(() -> load("hr", null, 2, modulo));
    }
}
