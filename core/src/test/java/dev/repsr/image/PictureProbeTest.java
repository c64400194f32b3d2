package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureProbeTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;
    private static final int BEGINNING = 2000;

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG"})
    void beginningOfCutFileSaysItsPixels(ImageType type) throws Exception {
        byte[] file = TestPictures.encode(TestPictures.noise(WIDTH, HEIGHT, 3, 8, 1), type);

        byte[] beginning = Arrays.copyOf(file, BEGINNING);

        assertThat(PictureProbe.pixelsByBeginning(beginning, file.length)).isEqualTo(WIDTH * HEIGHT);
    }

    @Test
    void whatDoesNotSayItIsWeighedByItsBytes() throws Exception {
        byte[] file = TestPictures.encode(TestPictures.noise(WIDTH, HEIGHT, 3, 8, 1), ImageType.TIFF);

        assertThat(PictureProbe.pixelsByBeginning(file, file.length)).isEqualTo(WIDTH * HEIGHT);
        assertThat(PictureProbe.pixelsByBeginning(Arrays.copyOf(file, 64), file.length))
                .isEqualTo(file.length);
    }

    @Test
    void whatIsNoPictureHasNoPixels() {
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);

        assertThat(PictureProbe.pixelsByBeginning(text, text.length)).isZero();
        assertThat(PictureProbe.pixelsByBeginning(new byte[0], 0)).isZero();
    }
}
