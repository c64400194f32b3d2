package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkRowsTest {
    private static final int WIDTH = 23;
    private static final int HEIGHT = 157;
    private static final int SCALE = 3;
    private static final PreparedNetwork NETWORK = new ScalarEngine().prepare(Networks.random(2, 8, SCALE, 1));
    private static final NetworkRows ROWS = new NetworkRows(NETWORK, false);

    @Test
    void enlargesRgbAsItIs() throws IOException {
        float[] picture = Networks.picture(3 * WIDTH * HEIGHT, 1);
        assertThat(enlarge(3, picture, 2)).isEqualTo(enlargeRgb(picture));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void keepsGreyGreyAsTheMeanOfTheThreeOutputs(int threads) throws IOException {
        float[] grey = Networks.picture(WIDTH * HEIGHT, 2);
        float[] rgb = enlargeRgb(asRgb(grey));
        float[] enlarged = enlarge(1, grey, threads);
        assertThat(enlarged).hasSize(WIDTH * HEIGHT * SCALE * SCALE);
        for (int i = 0; i < enlarged.length; i++) {
            assertThat(enlarged[i]).isEqualTo((rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2]) / 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void enlargesColoursAsIfThereWereNoAlpha(int threads) throws IOException {
        float[] picture = visible(Networks.picture(4 * WIDTH * HEIGHT, 3), 4);
        float[] rgb = enlargeRgb(channels(picture, 4, 0, 3));
        assertThat(channels(enlarge(4, picture, threads), 4, 0, 3)).isEqualTo(rgb);
        float[] greyAlpha = visible(Networks.picture(2 * WIDTH * HEIGHT, 4), 2);
        float[] grey = enlarge(1, channels(greyAlpha, 2, 0, 1), 1);
        assertThat(channels(enlarge(2, greyAlpha, threads), 2, 0, 1)).isEqualTo(grey);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void enlargesAlphaAsGreyAndKeepsItWhereItIsFlat(int threads) throws IOException {
        float[] picture = Networks.picture(4 * WIDTH * HEIGHT, 3);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                picture[4 * (y * WIDTH + x) + 3] = y < 40 ? 1 : y < 80 ? 0 : picture[4 * (y * WIDTH + x) + 3];
            }
        }
        float[] asGrey = enlarge(1, channels(picture, 4, 3, 1), 1);
        float[] alpha = channels(enlarge(4, picture, threads), 4, 3, 1);
        int rowLength = WIDTH * SCALE;
        for (int i = 0; i < alpha.length; i++) {
            int y = i / rowLength / SCALE;
            float expected = y < 39 ? 1 : y > 40 && y < 79 ? 0 : Math.clamp(asGrey[i], 0f, 1f);
            assertThat(alpha[i]).as("row %d", y).isEqualTo(expected);
        }
    }

    @Test
    void refusesAlphaThatDoesNotFitAndClosesWhatItOpened() throws IOException {
        PictureFormat format = new PictureFormat(WIDTH, HEIGHT, 4, 16);
        float[] picture = Networks.picture(4 * WIDTH * HEIGHT, 3);
        long needed = ROWS.bytesNeeded(format);
        assertThatThrownBy(() -> ROWS.enlarge(new ArrayRows(format, picture), 1, needed - 2))
                .isInstanceOf(ImageRefused.class);
        ArrayRows input = new ArrayRows(format, picture);
        try (var rows = ROWS.enlarge(input, 3, Long.MAX_VALUE)) {
            assertThat(rows.format()).isEqualTo(new PictureFormat(WIDTH * SCALE, HEIGHT * SCALE, 4, 16));
            rows.readRow(new float[4 * WIDTH * SCALE]);
        }
        assertThat(input.closed()).isTrue();
        assertThat(EnlargedRowsTest.computingThreads()).isZero();
        ROWS.enlarge(new ArrayRows(format, picture), 1, needed).close();
    }

    /** With no pixel whose colours do not count. */
    private static float[] visible(float[] picture, int channels) {
        for (int i = channels - 1; i < picture.length; i += channels) {
            picture[i] = Math.max(picture[i], 1 / 255f);
        }
        return picture;
    }

    private static float[] enlarge(int channels, float[] picture, int threads) throws IOException {
        PictureFormat format = new PictureFormat(WIDTH, HEIGHT, channels, 8);
        return ArrayRows.readAll(ROWS.enlarge(new ArrayRows(format, picture), threads, Long.MAX_VALUE));
    }

    private static float[] enlargeRgb(float[] picture) throws IOException {
        PictureFormat format = new PictureFormat(WIDTH, HEIGHT, 3, 8);
        return ArrayRows.readAll(new EnlargedRows(NETWORK, new ArrayRows(format, picture), 1, Long.MAX_VALUE));
    }

    private static float[] asRgb(float[] grey) {
        float[] rgb = new float[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / 3];
        }
        return rgb;
    }

    private static float[] channels(float[] picture, int channels, int first, int count) {
        float[] part = new float[picture.length / channels * count];
        for (int i = 0; i < part.length; i++) {
            part[i] = picture[i / count * channels + first + i % count];
        }
        return part;
    }
}
