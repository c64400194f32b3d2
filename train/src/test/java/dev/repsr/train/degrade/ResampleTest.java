package dev.repsr.train.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResampleTest {
    private static Planes ramp(int width, int height) {
        Planes planes = Planes.black(width, height);
        for (int i = 0; i < planes.values().length; i++) {
            int y = i / width % height;
            int c = i / (width * height);
            planes.values()[i] = (i % width + 2f * y) / 100 + c;
        }
        return planes;
    }

    @ParameterizedTest
    @EnumSource
    void aRampStaysARampInsideWhateverTheSize(Resample mode) {
        Planes result = mode.to(ramp(40, 30), 17, 13);

        // Centre of the new pixel in the old picture.
        double x = (8 + 0.5) * 40 / 17 - 0.5;
        double y = (6 + 0.5) * 30 / 13 - 0.5;
        for (int c = 0; c < 3; c++) {
            assertThat(result.values()[(c * 13 + 6) * 17 + 8])
                    .isCloseTo((float) ((x + 2 * y) / 100 + c), within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void enlargingKeepsConstantsAtTheBorders(Resample mode) {
        Planes grey = Planes.black(5, 4);
        Arrays.fill(grey.values(), 0.5f);
        for (float value : mode.to(grey, 9, 11).values()) {
            assertThat(value).isCloseTo(0.5f, within(1e-6f));
        }
    }

    @Test
    void areaTakesTheMeanOfWhatEachPixelCovers() {
        Planes four = Planes.black(3, 2);
        System.arraycopy(new float[] {1, 2, 3, 4, 5, 6}, 0, four.values(), 0, 6);

        assertThat(Resample.AREA.to(four, 1, 1).values()[0]).isCloseTo(3.5f, within(1e-6f));
        // One and a half columns each.
        assertThat(Resample.AREA.to(four, 2, 1).values()[0]).isCloseTo((1 + 4 + 0.5f * (2 + 5)) / 3, within(1e-6f));
    }

    @Test
    void bicubicGoesThroughTheKernelOfKeys() {
        Planes impulse = Planes.black(8, 1);
        impulse.values()[4] = 1;
        float[] result = Resample.BICUBIC.to(impulse, 16, 1).values();

        // New pixel 8 lies at 3.75 and 9 at 4.25: 0.25 from the impulse; 7 at 3.25: 0.75; 11 at 5.25: 1.25.
        assertThat(result[8]).isCloseTo(result[9], within(1e-6f));
        assertThat(result[8]).isCloseTo(1.25f / 64 - 2.25f / 16 + 1, within(1e-6f));
        assertThat(result[11])
                .isCloseTo(-0.75f * (1.25f * 1.25f * 1.25f - 5 * 1.25f * 1.25f + 8 * 1.25f - 4), within(1e-6f));
    }

    @Test
    void theSameSizeIsTheSamePicture() {
        Planes ramp = ramp(4, 4);
        assertThat(Resample.BILINEAR.to(ramp, 4, 4)).isSameAs(ramp);
    }
}
