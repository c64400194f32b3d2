package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.PictureFormat;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BledRowsTest {
    private static final int SIZE = 21;

    @Test
    void visiblePixelsAndAlphaStayAsTheyAre() throws IOException {
        float[] picture = Networks.picture(4 * SIZE * SIZE, 9);
        for (int i = 3; i < picture.length; i += 8) {
            picture[i] = 0;
        }
        float[] bled = bled(picture, 4, 5);
        for (int i = 0; i < picture.length; i += 4) {
            assertThat(bled[i + 3]).isEqualTo(picture[i + 3]);
            for (int c = 0; c < 3 && picture[i + 3] > 0; c++) {
                assertThat(bled[i + c]).isEqualTo(picture[i + c]);
            }
        }
    }

    @Test
    void coloursReachAsFarAsAskedAndNoFurther() throws IOException {
        float[] picture = new float[2 * SIZE * SIZE];
        int middle = SIZE / 2;
        picture[2 * (middle * SIZE + middle)] = 0.75f;
        picture[2 * (middle * SIZE + middle) + 1] = 1;
        float[] bled = bled(picture, 2, 3);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                boolean near = Math.max(Math.abs(x - middle), Math.abs(y - middle)) <= 3;
                assertThat(bled[2 * (y * SIZE + x)]).as("%d,%d", x, y).isEqualTo(near ? 0.75f : 0);
            }
        }
    }

    /** Green stands where nothing is visible, as programs leave it; none of it may reach the red disc's edge. */
    @Test
    void noFringeAppearsRoundWhatIsVisible() throws IOException {
        float[] picture = new float[4 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            boolean inside = Math.hypot(i % SIZE - 10, i / SIZE - 10) < 6;
            picture[4 * i] = inside ? 1 : 0;
            picture[4 * i + 1] = inside ? 0 : 1;
            picture[4 * i + 3] = inside ? 1 : 0;
        }
        float[] flat = new float[4 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            flat[4 * i] = 1;
            flat[4 * i + 3] = picture[4 * i + 3];
        }
        PreparedNetwork network = new ScalarEngine().prepare(Networks.random(2, 8, 2, 1));
        float[] enlarged = enlarge(network, picture);
        float[] expected = enlarge(network, flat);
        int visible = 0;
        for (int i = 0; i < enlarged.length; i += 4) {
            if (enlarged[i + 3] > 0) {
                visible++;
                for (int c = 0; c < 4; c++) {
                    assertThat(enlarged[i + c]).isEqualTo(expected[i + c]);
                }
            }
        }
        assertThat(visible).isGreaterThan(400);
    }

    private static float[] enlarge(PreparedNetwork network, float[] picture) throws IOException {
        ArrayRows input = new ArrayRows(new PictureFormat(SIZE, SIZE, 4, 8), picture);
        return ArrayRows.readAll(new NetworkRows(network, false).enlarge(input, 2, Long.MAX_VALUE));
    }

    private static float[] bled(float[] picture, int channels, int reach) throws IOException {
        ArrayRows input = new ArrayRows(new PictureFormat(SIZE, SIZE, channels, 8), picture);
        return ArrayRows.readAll(new BledRows(input, reach));
    }
}
