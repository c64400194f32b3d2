package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PngWritingTest {
    @ParameterizedTest
    @MethodSource("dev.repsr.image.Pictures#kinds")
    void everyKindComesBackBitByBit(PictureFormat format) throws IOException {
        for (Picture picture : new Picture[] {Pictures.random(format, 1), Pictures.smooth(format)}) {
            byte[] file = written(picture, ImageType.PNG, EncodeOptions.defaults());

            DecodedPicture back = ImageReader.read(new ByteArrayInputStream(file), "x.png", ImageLimits.defaults());
            assertThat(back.picture()).isEqualTo(picture);
            assertThat(back.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.repsr.image.Pictures#kinds")
    void anIndependentReaderSeesTheSameSamples(PictureFormat format) throws IOException {
        for (Picture picture : new Picture[] {Pictures.random(format, 2), Pictures.smooth(format)}) {
            byte[] file = written(picture, ImageType.PNG, EncodeOptions.defaults());

            Raster raster = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
            assertThat(raster.getNumBands()).isEqualTo(format.channels());
            assertThat(raster.getWidth()).isEqualTo(format.width());
            assertThat(raster.getHeight()).isEqualTo(format.height());
            for (int y = 0; y < format.height(); y++) {
                for (int x = 0; x < format.width(); x++) {
                    for (int c = 0; c < format.channels(); c++) {
                        assertThat(raster.getSample(x, y, c)).isEqualTo(picture.sample(x, y, c));
                    }
                }
            }
        }
    }

    static byte[] written(Picture picture, ImageType type, EncodeOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PictureRows rows = picture.rows()) {
            ImageWriter.write(rows, type, options, out);
        }
        return out.toByteArray();
    }
}
