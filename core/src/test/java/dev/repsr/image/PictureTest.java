package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {

    @ParameterizedTest
    @MethodSource("dev.repsr.image.Pictures#kinds")
    void rowsGiveThePictureBack(PictureFormat format) throws IOException {
        Picture picture = Pictures.random(format, 1);

        assertThat(Picture.read(picture.rows())).isEqualTo(picture);
    }

    @Test
    void everySampleOfSixteenBitsSurvivesTheWayThroughFloats() throws IOException {
        short[] all = new short[65536];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        Picture picture = Picture.of(new PictureFormat(256, 256, 1, 16), all);

        assertThat(Picture.read(picture.rows())).isEqualTo(picture);
    }

    @Test
    void readingClampsAndRounds() throws IOException {
        float[] values = {-0.5f, 0, 0.49f / 255, 0.51f / 255, 254.49f / 255, 254.51f / 255, 1.5f};
        PictureRows rows = new PictureRows() {
            @Override
            public PictureFormat format() {
                return new PictureFormat(values.length, 1, 1, 8);
            }

            @Override
            public void readRow(float[] row) {
                System.arraycopy(values, 0, row, 0, values.length);
            }

            @Override
            public void close() {}
        };

        assertThat(Picture.read(rows))
                .isEqualTo(Picture.of(rows.format(), new byte[] {0, 0, 0, 1, (byte) 254, (byte) 255, (byte) 255}));
        assertThat(Rounding.toSample(0.5, 255)).isEqualTo(1);
    }

    @Test
    void rowBeyondTheLastIsAMistake() throws IOException {
        try (PictureRows rows =
                Pictures.random(new PictureFormat(2, 1, 1, 8), 1).rows()) {
            rows.readRow(new float[2]);
            assertThatThrownBy(() -> rows.readRow(new float[2])).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void cropTakesTheRectangle() {
        Picture picture = Pictures.random(new PictureFormat(9, 7, 3, 16), 2);
        Picture crop = picture.crop(2, 3, 5, 4);

        assertThat(crop.format()).isEqualTo(new PictureFormat(5, 4, 3, 16));
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                assertThat(crop.sample(x, y, 1)).isEqualTo(picture.sample(x + 2, y + 3, 1));
            }
        }
        assertThatThrownBy(() -> picture.crop(5, 0, 5, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rgbOfGreyWithAlphaRepeatsTheGreyAndDropsAlpha() {
        Picture grey = Picture.of(new PictureFormat(1, 1, 2, 8), new byte[] {77, 3});

        assertThat(grey.toRgb8()).isEqualTo(Picture.of(new PictureFormat(1, 1, 3, 8), new byte[] {77, 77, 77}));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "128, 0", "129, 1", "257, 1", "32767, 127", "32768, 128", "65535, 255"})
    void sixteenBitsAreRoundedToEight(int deep, int expected) {
        Picture picture = Picture.of(new PictureFormat(1, 1, 1, 16), new short[] {(short) deep});

        assertThat(picture.toRgb8().sample(0, 0, 0)).isEqualTo(expected);
    }

    @Test
    void changingTheArrayDoesNotChangeThePicture() {
        byte[] samples = {1, 2};
        Picture picture = Picture.of(new PictureFormat(2, 1, 1, 8), samples);
        samples[0] = 9;

        assertThat(picture.sample(0, 0, 0)).isEqualTo(1);
    }

    @Test
    void samplesMustFitTheFormat() {
        PictureFormat format = new PictureFormat(2, 2, 1, 8);

        assertThatThrownBy(() -> Picture.of(format, new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Picture.of(format, new short[4])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pictures.random(format, 1).sample(2, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
