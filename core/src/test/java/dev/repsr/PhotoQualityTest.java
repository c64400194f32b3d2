package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the networks for photographs gain on compressed pictures, and what they lose on sound ones. */
@Tag("data")
class PhotoQualityTest {
    private static final int QUALITY = 40;

    /** In dB of Y on Set5; each a tenth less than was measured. */
    private static final double LEAST_GAIN = 0.4;

    private static final double LEAST_GAIN_OF_CLEANING = 0.3;
    private static final double MOST_LOSS = 0.6;
    private static final double NEARLY_ALIKE = 44;

    private static BenchmarkSet compressed(BenchmarkSet set) throws IOException {
        List<BenchmarkImage> images = new ArrayList<>();
        for (BenchmarkImage image : set.images()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            EncodeOptions options = EncodeOptions.defaults().withJpegQuality(QUALITY);
            ImageWriter.write(image.lr().rows(), ImageType.JPEG, options, file);
            Picture lr = ImageReader.read(
                            new ByteArrayInputStream(file.toByteArray()), image.name(), ImageLimits.defaults())
                    .picture()
                    .toRgb8();
            images.add(BenchmarkImage.of(image.name(), image.hr(), lr, set.scale()));
        }
        return new BenchmarkSet(set.name(), set.scale(), images);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void compressedPicturesGetBetterThanByBicubicAndByTheCleanNetworkAndSoundOnesLittleWorse(int scale)
            throws IOException {
        String clean = Models.best(ShortName.CLEAN, scale).name();
        String photo = Models.best(ShortName.PHOTO, scale).name();
        BenchmarkSet sound = BenchmarkSet.load(TestData.require("benchmarks/Set5"), null, scale, scale);
        BenchmarkSet poor = compressed(sound);

        SetScore photoOnPoor = BuiltInQualityTest.score(photo, poor);

        assertThat(photoOnPoor.psnrY() - photoOnPoor.bicubicPsnrY()).isGreaterThan(LEAST_GAIN);
        assertThat(photoOnPoor.psnrRgb() - photoOnPoor.bicubicPsnrRgb()).isGreaterThan(LEAST_GAIN);
        assertThat(photoOnPoor.psnrY() - BuiltInQualityTest.score(clean, poor).psnrY())
                .isGreaterThan(LEAST_GAIN);
        assertThat(BuiltInQualityTest.score(photo, sound).psnrY()
                        - BuiltInQualityTest.score(clean, sound).psnrY())
                .isGreaterThan(-MOST_LOSS);
    }

    /** Bicubic enlargement by 1 is the picture itself. */
    @Test
    void compressedPicturesGetBetterWithoutBeingEnlargedAndSoundOnesStayNearlyAsTheyAre() throws IOException {
        String photo = Models.best(ShortName.PHOTO, 1).name();
        BenchmarkSet sound = BenchmarkSet.load(TestData.require("benchmarks/Set5"), null, 1, 1);

        SetScore onPoor = BuiltInQualityTest.score(photo, compressed(sound));

        assertThat(onPoor.psnrY() - onPoor.bicubicPsnrY()).isGreaterThan(LEAST_GAIN_OF_CLEANING);
        assertThat(BuiltInQualityTest.score(photo, sound).psnrY()).isGreaterThan(NEARLY_ALIKE);
    }
}
