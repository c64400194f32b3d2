package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.metric.Psnr;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
}
