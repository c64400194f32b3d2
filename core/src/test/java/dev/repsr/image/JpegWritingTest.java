package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.metric.Psnr;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegWritingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPictureComesBackNearlyTheSame(int channels) throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(150, 101, channels, 8));
        byte[] file = PngWritingTest.written(picture, ImageType.JPEG, EncodeOptions.defaults());

        DecodedPicture back = ImageReader.read(new ByteArrayInputStream(file), "x.jpg", ImageLimits.defaults());
        assertThat(back.type()).isEqualTo(ImageType.JPEG);
        assertThat(back.picture().format()).isEqualTo(picture.format());
        assertThat(Psnr.rgb(back.picture(), picture, 0)).isGreaterThan(38);
        assertThat(back.warnings()).isEmpty();
    }

    @Test
    void coloursKeepTheirFullResolution() throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(32, 32, 3, 8));
        Bytes file = Bytes.bigEndian(PngWritingTest.written(picture, ImageType.JPEG, EncodeOptions.defaults()));

        int at = 2;
        while (file.u16(at) != 0xFFC0) {
            at += 2 + file.u16(at + 2L);
        }
        assertThat(file.u8(at + 9L)).isEqualTo(3);
        for (int component = 0; component < 3; component++) {
            assertThat(file.u8(at + 11L + 3L * component)).isEqualTo(0x11);
        }
    }

    @Test
    void qualityIsObeyed() throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(150, 101, 3, 8));
        double last = 0;
        int lastLength = 0;
        for (int quality : new int[] {1, 30, 75, 95, 100}) {
            byte[] file = PngWritingTest.written(
                    picture, ImageType.JPEG, EncodeOptions.defaults().withJpegQuality(quality));
            double psnr = Psnr.rgb(read(file).picture(), picture, 0);
            assertThat(psnr).isGreaterThan(last);
            assertThat(file.length).isGreaterThan(lastLength);
            last = psnr;
            lastLength = file.length;
        }
        assertThatThrownBy(() -> EncodeOptions.defaults().withJpegQuality(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..100");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sixteenBitsAreRoundedToEight(int channels) throws IOException {
        Picture deep = Pictures.smooth(new PictureFormat(64, 40, channels, 16));
        Picture back = read(PngWritingTest.written(deep, ImageType.JPEG, EncodeOptions.defaults()))
                .picture();

        assertThat(back.format()).isEqualTo(new PictureFormat(64, 40, channels, 8));
        assertThat(Psnr.rgb(back, deep, 0)).isGreaterThan(38);
    }

    @Test
    void anIndependentReaderSeesTheSamePicture() throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(70, 50, 3, 8));
        byte[] file = PngWritingTest.written(picture, ImageType.JPEG, EncodeOptions.defaults());
        Picture back = read(file).picture();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 70; x++) {
                int rgb = back.sample(x, y, 0) << 16 | back.sample(x, y, 1) << 8 | back.sample(x, y, 2);
                assertThat(image.getRGB(x, y) & 0xFFFFFF).isEqualTo(rgb);
            }
        }
    }

    @Test
    void profileAndDensityAreKept() throws IOException {
        byte[] profile = PictureFiles.profile("RGB ", 150_000);
        ImageMetadata metadata = new ImageMetadata(new IccProfile(profile), new ImageMetadata.Density(300, 150), 1);
        EncodeOptions options = EncodeOptions.defaults().withMetadata(metadata);
        Picture colour = Pictures.smooth(new PictureFormat(16, 16, 3, 8));
        Picture grey = Pictures.smooth(new PictureFormat(16, 16, 1, 8));

        for (ImageType type : new ImageType[] {ImageType.PNG, ImageType.JPEG}) {
            DecodedPicture back = read(PngWritingTest.written(colour, type, options));
            assertThat(back.metadata().profile()).isEqualTo(metadata.profile());
            assertThat(Math.round(density(back).x())).isEqualTo(300);
            assertThat(Math.round(density(back).y())).isEqualTo(150);
            assertThat(back.warnings()).isEmpty();
            // A profile for colour says nothing about grey.
            assertThat(read(PngWritingTest.written(grey, type, options))
                            .metadata()
                            .profile())
                    .isNull();
        }
    }

    private static ImageMetadata.Density density(DecodedPicture picture) {
        return Objects.requireNonNull(picture.metadata().density());
    }

    private static DecodedPicture read(byte[] file) throws IOException {
        return ImageReader.read(new ByteArrayInputStream(file), "x", ImageLimits.defaults());
    }
}
