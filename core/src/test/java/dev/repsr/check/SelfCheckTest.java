package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestPictures;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTest {
    private static final Picture SCENE = TestPictures.scene(80, 64);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void bicubicEnlargementAgrees(int scale) throws IOException {
        assertThat(PlantedFault.NONE.rowsRead(SCENE, scale)).isEqualTo(64 * scale);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void nearestNeighbourEnlargementAgrees(int scale) throws IOException {
        assertThat(PlantedFault.BLOCKS.rowsRead(SCENE, scale)).isEqualTo(64 * scale);
    }

    /** As a network gives it that has hardly been trained: its blocks have no order that could be wrong. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nearestNeighbourEnlargementWithALittleNoiseAgrees(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int scale = 2; scale <= 4; scale++) {
            SelfCheck check = new SelfCheck("scene.png", SCENE.format(), scale);
            PictureRows enlarged = PlantedFault.BLOCKS.rows(SCENE, check.input(SCENE.rows()), scale);
            PictureRows noisy = check.output(new ChangedRows(enlarged, row -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += (float) random.nextDouble(-0.004, 0.004);
                }
            }));

            assertThatCode(() -> PlantedFault.readAll(noisy))
                    .as("scale %d", scale)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PlantedFault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "BLOCKS"})
    void plantedFaultIsFoundAtEveryScale(PlantedFault fault) {
        for (int scale = 2; scale <= 4; scale++) {
            int times = scale;
            assertThatThrownBy(() -> fault.rowsRead(SCENE, times))
                    .as("%s at scale %d", fault, scale)
                    .isInstanceOf(OutputDisagrees.class)
                    .hasMessageContaining("scene.png");
        }
    }

    @Test
    void valueThatIsNoNumberIsFoundAtOnce() {
        SelfCheck check = new SelfCheck("scene.png", SCENE.format(), 2);
        var rows = check.output(PlantedFault.NOT_A_NUMBER.rows(SCENE, check.input(SCENE.rows()), 2));
        float[] row = new float[SCENE.width() * 2 * 3];

        assertThatThrownBy(() -> {
                    for (int y = 0; y < 60; y++) {
                        rows.readRow(row);
                    }
                })
                .isInstanceOf(OutputDisagrees.class);
    }

    @ParameterizedTest
    @CsvSource({"1,8", "2,8", "3,8", "4,8", "2,16", "4,16"})
    void everyKindOfPictureIsCompared(int channels, int bits) throws IOException {
        Picture noise = TestPictures.noise(48, 40, channels, bits, 3);

        assertThat(PlantedFault.BLOCKS.rowsRead(noise, 2)).isEqualTo(80);
        assertThatThrownBy(() -> PlantedFault.BLACK.rowsRead(noise, 2)).isInstanceOf(OutputDisagrees.class);
    }

    @Test
    void coloursUnderFullTransparencyDoNotCount() {
        PictureFormat format = new PictureFormat(48, 48, 4, 8);
        byte[] samples = new byte[48 * 48 * 4];
        for (int i = 0; i < samples.length; i += 4) {
            boolean visible = i / 4 % 48 < 24;
            samples[i] = (byte) (visible ? 100 : 255);
            samples[i + 3] = (byte) (visible ? 255 : 0);
        }
        Picture picture = Picture.of(format, samples);
        SelfCheck check = new SelfCheck("p", format, 2);
        // The invisible half gets another colour.
        var rows =
                check.output(new ChangedRows(PlantedFault.BLOCKS.rows(picture, check.input(picture.rows()), 2), row -> {
                    for (int x = 48; x < 96; x++) {
                        row[4 * x] = 100 / 255f;
                    }
                }));
        float[] row = new float[96 * 4];

        assertThatCode(() -> {
                    for (int y = 0; y < 96; y++) {
                        rows.readRow(row);
                    }
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,40", "40,1", "5,5", "9,17"})
    void smallPicturesAgreeUnlessTheyAreGrosslyWrong(int width, int height) throws IOException {
        PictureFormat format = new PictureFormat(width, height, 3, 8);
        byte[] bright = new byte[width * height * 3];
        java.util.Arrays.fill(bright, (byte) 200);
        Picture picture = Picture.of(format, bright);

        assertThat(PlantedFault.SHIFTED.rowsRead(picture, 2)).isEqualTo(2 * height);
        assertThatThrownBy(() -> PlantedFault.BLACK.rowsRead(picture, 2)).isInstanceOf(OutputDisagrees.class);
    }
}
