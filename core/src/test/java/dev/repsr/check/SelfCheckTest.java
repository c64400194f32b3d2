package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestPictures;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTest {
    private static final Picture SCENE = TestPictures.scene(80, 64);
    private static final int PLACES = 10;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void bicubicAndNearestNeighbourEnlargementAgree(int scale) throws IOException {
        for (boolean strict : new boolean[] {false, true}) {
            assertThat(PlantedFault.NONE.rowsRead(SCENE, scale, strict)).isEqualTo(64 * scale);
            assertThat(PlantedFault.BLOCKS.rowsRead(SCENE, scale, strict)).isEqualTo(64 * scale);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "BLACK",
                "CONSTANT",
                "RED_AND_BLUE_EXCHANGED",
                "RED_AND_GREEN_EXCHANGED",
                "NOT_A_NUMBER",
                "INFINITE"
            })
    void faultOfAWholePictureIsFoundAtEveryScale(PlantedFault fault) {
        for (int scale = 2; scale <= 4; scale++) {
            int times = scale;
            assertThatThrownBy(() -> fault.rowsRead(SCENE, times, false))
                    .as("%s at scale %d", fault, scale)
                    .isInstanceOf(OutputDisagrees.class)
                    .hasMessageStartingWith("scene.png: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultOfAPartIsFoundAtEveryScale(LocalFault fault) throws IOException {
        for (int scale = 2; scale <= 4; scale++) {
            int found = 0;
            for (int seed = 0; seed < PLACES; seed++) {
                try {
                    SelfCheck check = PlantedFault.NONE.check(SCENE, scale, false);
                    PictureRows enlarged = PlantedFault.NONE.rows(SCENE, check.input(SCENE.rows()), scale);
                    PlantedFault.readAll(check.output(fault.in(enlarged, scale, seed)));
                } catch (OutputDisagrees e) {
                    assertThat(e).hasMessageContaining("computed once more").hasMessageContaining("column");
                    found++;
                }
            }
            assertThat(found).as("at scale %d", scale).isGreaterThanOrEqualTo(PLACES * 4 / 5);
        }
    }

    @Test
    void levelsThatTheNetworkChangesAreRefusedByTheStrictCheckAlone() throws IOException {
        for (PlantedFault shift : new PlantedFault[] {PlantedFault.SHIFTED, PlantedFault.SHIFTED_DOWN}) {
            SelfCheck lenient = checkOfNetwork(shift, false, new AtomicInteger());
            SelfCheck strict = checkOfNetwork(shift, true, new AtomicInteger());

            assertThat(readAll(shift, lenient)).isEqualTo(128);
            assertThatThrownBy(() -> readAll(shift, strict))
                    .isInstanceOf(OutputDisagrees.class)
                    .hasMessageContaining("shifted");
        }
    }

    /** A network may make of a picture what it likes, as long as it makes the same of it again. */
    @Test
    void whatComesOutTheSameAgainIsKeptHoweverMuchItDiffers() throws IOException {
        AtomicInteger again = new AtomicInteger();

        readAll(PlantedFault.BLACK, checkOfNetwork(PlantedFault.BLACK, false, again));

        assertThat(again).hasValue(4);
    }

    /** The check of a network that makes this of every picture. */
    private static SelfCheck checkOfNetwork(PlantedFault always, boolean strict, AtomicInteger again) {
        Enlargement network = rows -> {
            again.incrementAndGet();
            Picture piece = Picture.read(rows);
            return always.rows(piece, piece.rows(), 2);
        };
        return new SelfCheck("p", SCENE.format(), 2, new SelfCheck.Checked(CellLimit.LEAST, 6, network), strict);
    }

    private static int readAll(PlantedFault fault, SelfCheck check) throws IOException {
        return PlantedFault.readAll(check.output(fault.rows(SCENE, check.input(SCENE.rows()), 2)));
    }

    @Test
    void valueThatIsNoNumberIsFoundAtOnce() throws IOException {
        SelfCheck check = PlantedFault.NONE.check(SCENE, 2, false);
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

        assertThat(PlantedFault.BLOCKS.rowsRead(noise, 2, true)).isEqualTo(80);
        SelfCheck check = PlantedFault.BLOCKS.check(noise, 2, false);
        PictureRows right = PlantedFault.BLOCKS.rows(noise, check.input(noise.rows()), 2);
        assertThatThrownBy(() -> PlantedFault.readAll(check.output(PlantedFault.BLACK.in(right, 2))))
                .isInstanceOf(OutputDisagrees.class);
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
        SelfCheck check = PlantedFault.BLOCKS.check(picture, 2, true);
        // The invisible half gets another colour.
        var rows =
                check.output(new ChangedRows(PlantedFault.BLOCKS.rows(picture, check.input(picture.rows()), 2), row -> {
                    for (int x = 48; x < 96; x++) {
                        row[4 * x] = 100 / 255f;
                    }
                }));

        assertThatCode(() -> PlantedFault.readAll(rows)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,40", "40,1", "5,5", "9,17", "7,8", "8,15", "16,23"})
    void smallPicturesAgreeUnlessTheyAreWrong(int width, int height) throws IOException {
        byte[] bright = new byte[width * height * 3];
        java.util.Arrays.fill(bright, (byte) 200);
        Picture picture = Picture.of(new PictureFormat(width, height, 3, 8), bright);

        assertThat(PlantedFault.NONE.rowsRead(picture, 2, true)).isEqualTo(2 * height);
        assertThatThrownBy(() -> PlantedFault.BLACK.rowsRead(picture, 2, false)).isInstanceOf(OutputDisagrees.class);
    }
}
