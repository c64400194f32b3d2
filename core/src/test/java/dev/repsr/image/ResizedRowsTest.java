package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizedRowsTest {
    /** The whole-picture form works in double arithmetic, the rows in float; both round once. */
    private static final int ROUNDING = 1;

    @ParameterizedTest
    @CsvSource({
        "40,30,27,20,3,8", // smaller
        "40,30,7,5,1,8",
        "40,30,90,61,4,8", // larger
        "40,30,20,45,3,16", // smaller across, larger down
        "5,60,5,7,2,16",
        "3,2,1,1,3,8",
        "1,1,9,9,3,8"
    })
    void rowsAreThoseOfTheWholePictureResized(int w, int h, int width, int height, int channels, int bits)
            throws IOException {
        Picture picture = TestPictures.noise(w, h, channels, bits, 5);
        Picture expected = Bicubic.resize(picture, width, height);

        Picture actual = Picture.read(new ResizedRows(picture.rows(), width, height));

        assertThat(actual.format()).isEqualTo(expected.format());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    assertThat(Math.abs(actual.sample(x, y, c) - expected.sample(x, y, c)))
                            .as("%d,%d,%d", x, y, c)
                            .isLessThanOrEqualTo(ROUNDING);
                }
            }
        }
    }

    @Test
    void stripesThatAreTooFineBecomeGreyInsteadOfAliasing() throws IOException {
        PictureFormat format = new PictureFormat(60, 60, 1, 8);
        byte[] stripes = new byte[60 * 60];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i % 2 == 0 ? 0 : 255);
        }

        Picture reduced =
                Picture.read(new ResizedRows(Picture.of(format, stripes).rows(), 17, 17));

        for (int x = 3; x < 14; x++) {
            assertThat(reduced.sample(x, 8, 0)).isBetween(110, 145);
        }
    }

    @Test
    void noMoreRowsAreReadThanTheKernelCovers() throws IOException {
        Counted rows = new Counted(TestPictures.noise(8, 1000, 3, 8, 1).rows());
        ResizedRows half = new ResizedRows(rows, 4, 500);
        float[] row = new float[4 * 3];

        for (int y = 0; y < 500; y++) {
            half.readRow(row);
            assertThat(rows.count).isLessThanOrEqualTo(2 * y + 6);
        }
        assertThat(rows.count).isEqualTo(1000);
    }

    private static final class Counted implements PictureRows {
        private final PictureRows rows;
        private int count;

        Counted(PictureRows rows) {
            this.rows = rows;
        }

        @Override
        public PictureFormat format() {
            return rows.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            count++;
            rows.readRow(row);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
