package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EnsembleRowsTest {
    private static final int SCALE = 2;
    private static final int RADIUS = 5;

    /** Where a picture is cut changes the order of additions, nothing more. */
    private static final float ROUNDING = 1e-4f;

    private static final PreparedNetwork SCALAR = new ScalarEngine().prepare(Networks.random(RADIUS - 2, 6, SCALE, 1));
    private static final NetworkRows ROWS = new NetworkRows(SCALAR, true);
    private static final PictureFormat LONG = new PictureFormat(20, 600, 3, 8);

    @ParameterizedTest
    @CsvSource({
        "scalar, 1, 1", "scalar, 3, 67", "scalar, 67, 5", "scalar, 130, 70", "scalar, 9, 64", "scalar, 5, 129",
        "auto, 1, 1", "auto, 3, 67", "auto, 67, 5", "auto, 130, 70", "winograd, 130, 70", "winograd, 3, 131"
    })
    void isTheMeanOfEightWholePicturesTurnedBack(String engine, int width, int height) throws IOException {
        PreparedNetwork network = Engines.choose(engine).prepare(Networks.random(RADIUS - 2, 6, SCALE, 1));
        PictureFormat format = new PictureFormat(width, height, 3, 8);
        float[] picture = Networks.picture(3 * width * height, 3);
        float[] expected = mean(network, format, picture);

        PictureRows rows = new NetworkRows(network, true).enlarge(new ArrayRows(format, picture), 2, Long.MAX_VALUE);
        assertThat(rows.format()).isEqualTo(format.resized(width * SCALE, height * SCALE));
        float[] enlarged = ArrayRows.readAll(rows);
        assertThat(enlarged).hasSameSizeAs(expected);
        float largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(enlarged[i] - expected[i]));
        }
        assertThat(largest).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"auto, 3", "auto, 1", "auto, 4", "winograd, 3", "scalar, 2"})
    void bitsAreTheSameForAllThreadsAndLimits(String engine, int channels) throws IOException {
        PreparedNetwork network = Engines.choose(engine).prepare(Networks.random(RADIUS - 2, 6, SCALE, 1));
        NetworkRows ensemble = new NetworkRows(network, true);
        PictureFormat format = new PictureFormat(130, 150, channels, 8);
        float[] picture = Networks.picture(channels * 130 * 150, 4);
        long least = ensemble.bytesNeeded(format);
        float[] expected = ArrayRows.readAll(ensemble.enlarge(new ArrayRows(format, picture), 1, least));
        for (int threads = 1; threads <= 3; threads++) {
            for (long limit : new long[] {least, 2 * least, Long.MAX_VALUE}) {
                PictureRows rows = ensemble.enlarge(new ArrayRows(format, picture), threads, limit);
                assertThat(ArrayRows.readAll(rows))
                        .as("%d threads, %d bytes", threads, limit)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void greyIsTheMeanOfTheThreeOutputs() throws IOException {
        float[] grey = Networks.picture(20 * 600, 5);
        float[] rgb = new float[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / 3];
        }
        float[] colours = ArrayRows.readAll(ROWS.enlarge(new ArrayRows(LONG, rgb), 2, Long.MAX_VALUE));
        PictureFormat format = new PictureFormat(20, 600, 1, 8);
        float[] enlarged = ArrayRows.readAll(ROWS.enlarge(new ArrayRows(format, grey), 2, Long.MAX_VALUE));
        for (int i = 0; i < enlarged.length; i++) {
            assertThat(enlarged[i]).isEqualTo((colours[3 * i] + colours[3 * i + 1] + colours[3 * i + 2]) / 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 4"})
    void holdsOnlyAWindowOfTheInput(int threads, int channels) throws IOException {
        PictureFormat format = new PictureFormat(20, 600, channels, 8);
        ArrayRows input = new ArrayRows(format, Networks.picture(channels * 20 * 600, 1));
        float[] row = new float[channels * 20 * SCALE];
        try (PictureRows rows = ROWS.enlarge(input, threads, Long.MAX_VALUE)) {
            for (int y = 0; y < 600 * SCALE; y++) {
                rows.readRow(row);
                assertThat(input.rowsRead()).isLessThanOrEqualTo(y / SCALE + (int) ROWS.rowsAhead(threads));
            }
            assertThatThrownBy(() -> rows.readRow(row)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(input.closed()).isTrue();
        assertThat(EnlargedRowsTest.computingThreads()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"20, 600, 3", "20, 600, 4", "200, 7, 3", "1, 1, 1"})
    void refusesWhatDoesNotFitAndSaysHowManyBytesItNeeds(int width, int height, int channels) throws IOException {
        PictureFormat format = new PictureFormat(width, height, channels, 8);
        ArrayRows input = new ArrayRows(format, new float[channels * width * height]);
        long needed = ROWS.bytesNeeded(format);
        assertThatThrownBy(() -> ROWS.enlarge(input, 2, needed - 2))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining(width + "x" + height + " pixels needs ");
        for (int threads = 1; threads <= 3; threads++) {
            for (long limit = needed; limit < 3 * needed; limit += needed / 5) {
                assertThat(ROWS.bytesTaken(format, threads, limit)).isBetween(needed, limit);
            }
        }
        ArrayRows.readAll(ROWS.enlarge(input, 3, needed));
    }

    @Test
    void memoryDoesNotGrowWithTheHeightOfAPicture() {
        assertThat(ROWS.bytesNeeded(new PictureFormat(300, 50_000, 4, 8)))
                .isEqualTo(ROWS.bytesNeeded(new PictureFormat(300, 500, 4, 8)));
    }

    @Test
    void interruptionEndsReading() throws IOException {
        PictureRows rows = ROWS.enlarge(new ArrayRows(LONG, new float[3 * 20 * 600]), 2, Long.MAX_VALUE);
        float[] row = new float[3 * 20 * SCALE];
        try (rows) {
            rows.readRow(row);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> {
                        for (int y = 1; y < 600 * SCALE; y++) {
                            rows.readRow(row);
                        }
                    })
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(EnlargedRowsTest.computingThreads()).isZero();
    }

    /** Over whole pictures, in double arithmetic; bit 0 mirrors, bit 1 turns upside down, bit 2 exchanges rows and columns. */
    private static float[] mean(PreparedNetwork network, PictureFormat format, float[] picture) throws IOException {
        int width = format.width();
        int height = format.height();
        double[] sum = new double[picture.length * SCALE * SCALE];
        for (int bits = 0; bits < 8; bits++) {
            boolean turned = (bits & 4) != 0;
            PictureFormat laid = turned ? format.resized(height, width) : format;
            float[] input = new float[picture.length];
            for (int i = 0; i < input.length; i++) {
                input[i] = picture[upright(i, bits, width, height)];
            }
            PreparedNetwork same = network.forPicture(width, height);
            float[] output = ArrayRows.readAll(new EnlargedRows(same, new ArrayRows(laid, input), 1, Long.MAX_VALUE));
            for (int i = 0; i < output.length; i++) {
                sum[upright(i, bits, width * SCALE, height * SCALE)] += output[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / 8);
        }
        return mean;
    }

    /** Where sample {@code i} of the picture that was laid another way is in the upright one. */
    private static int upright(int i, int bits, int width, int height) {
        boolean turned = (bits & 4) != 0;
        int laidWidth = turned ? height : width;
        int across = i / 3 % laidWidth;
        int down = i / 3 / laidWidth;
        int x = turned ? down : across;
        int y = turned ? across : down;
        x = (bits & 1) != 0 ? width - 1 - x : x;
        y = (bits & 2) != 0 ? height - 1 - y : y;
        return 3 * (y * width + x) + i % 3;
    }
}
