package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.PictureFormat;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine does, whatever its means. */
public abstract class EngineContract {

    /** The engine under test. */
    protected abstract Engine engine();

    @ParameterizedTest(name = "{0}x{1}")
    @CsvSource({
        "1,1", "1,2", "2,1", "1,19", "23,1", "2,3", "3,3", "5,7", "7,5", "4,16", "16,4", "11,13", "13,11", "17,3",
        "23,5", "24,6", "25,7", "29,2", "31,9", "37,8", "47,4", "48,5", "49,6", "53,3", "59,5", "61,2", "64,4", "67,67"
    })
    void agreesWithTheDefinitionAtEverySize(int width, int height) throws IOException {
        assertAgrees(Networks.random(2, 16, 2, width * 100L + height), width, height, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void agreesWithTheDefinitionAtEveryScale(int scale) throws IOException {
        assertAgrees(Networks.random(2, 16, scale, scale), 19, 7, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 48, 56, 64, 65, 80, 100})
    void agreesWithTheDefinitionForEveryNumberOfChannels(int channels) throws IOException {
        assertAgrees(Networks.random(2, channels, 3, channels), 29, 5, 1e-4);
    }

    @Test
    void agreesWithTheDefinitionForManyLayers() throws IOException {
        assertAgrees(Networks.random(16, 24, 4, 1), 30, 11, 1e-4);
    }

    @Test
    void runsWithoutABodyAndWithoutActivationsShuffleOrSkip() throws IOException {
        assertAgrees(Networks.random(0, 16, 2, 1), 9, 9, 1e-5);
        List<dev.repsr.network.Layer> bare = List.of(new Conv3x3("a", 3, 6), new Conv3x3("b", 6, 3));
        assertAgrees(Networks.random(1, bare, 2), 9, 9, 1e-5);
    }

    @ParameterizedTest(name = "{0} channels, {1}x{2}")
    @CsvSource({"16,37,29", "5,1,40", "24,67,31", "40,13,50", "64,9,23"})
    void givesTheSameBitsHoweverThePictureIsCutIntoBands(int channels, int width, int height) throws IOException {
        Network network = Networks.random(3, channels, 2, channels);
        float[] picture = Networks.picture(3 * width * height, 7);
        PreparedNetwork prepared = engine().prepare(network);
        float[] whole = whole(prepared, picture, width);
        Random random = new Random(channels);
        for (int attempt = 0; attempt < 12; attempt++) {
            List<int[]> bands = bands(random, height, 1 + attempt);
            if (attempt % 2 == 1) {
                Collections.shuffle(bands, random);
            }
            BandWorker worker = prepared.worker(width, height);
            float[] out = new float[whole.length];
            for (int[] band : bands) {
                runBand(worker, picture, width, band[0], band[1], 2, out);
            }
            assertSameBits(out, whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void givesTheSameBitsForEveryNumberOfThreadsAndMemoryLimit(int threads) throws IOException {
        int width = 31;
        int height = 143;
        float[] picture = Networks.picture(3 * width * height, 3);
        float[] untouched = picture.clone();
        PreparedNetwork prepared = engine().prepare(Networks.random(2, 16, 3, 5));
        float[] whole = whole(prepared, picture, width);
        PictureFormat format = new PictureFormat(width, height, 3, 8);
        long least = EnlargedRows.bytesNeeded(prepared, width);
        for (long limit : new long[] {least, least * 2, least * 3, least * 5, least * 20, Long.MAX_VALUE}) {
            float[] out = ArrayRows.readAll(new EnlargedRows(prepared, new ArrayRows(format, picture), threads, limit));
            assertSameBits(out, whole);
        }
        assertThat(picture).isEqualTo(untouched);
    }

    /** Nothing but what a pixel depends on decides its bits: not its place in a tile, a row or a picture. */
    @Test
    void givesTheSameBitsWhereverAPixelLies() throws IOException {
        int width = 75;
        int height = 17;
        int scale = 2;
        Network network = Networks.random(2, 16, scale, 9);
        PreparedNetwork prepared = engine().prepare(network);
        float[] picture = Networks.picture(3 * width * height, 11);
        float[] whole = whole(prepared, picture, width);
        int radius = network.radius();
        for (int left = 1; left < 50; left++) {
            int cropWidth = width - left;
            float[] crop = new float[3 * cropWidth * height];
            for (int y = 0; y < height; y++) {
                System.arraycopy(picture, 3 * (y * width + left), crop, 3 * y * cropWidth, 3 * cropWidth);
            }
            float[] out = whole(prepared, crop, cropWidth);
            for (int y = 0; y < height * scale; y++) {
                int skipped = radius * scale * 3;
                int length = 3 * scale * cropWidth - skipped;
                float[] expected = new float[length];
                float[] actual = new float[length];
                System.arraycopy(whole, 3 * scale * (y * width + left) + skipped, expected, 0, length);
                System.arraycopy(out, 3 * scale * y * cropWidth + skipped, actual, 0, length);
                assertSameBits(actual, expected);
            }
        }
    }

    @Test
    void readsOnlyTheRowsThatABandDependsOn() throws IOException {
        Network network = Networks.random(2, 8, 2, 1);
        BandWorker worker = engine().prepare(network).worker(10, 40);
        List<Integer> read = new ArrayList<>();
        worker.run((y, target, offset) -> read.add(y), 15, 6, (y, row) -> {});
        assertThat(read).isSorted().doesNotHaveDuplicates();
        assertThat(read.getFirst()).isEqualTo(15 - network.radius());
        assertThat(read.getLast()).isEqualTo(20 + network.radius());
    }

    @Test
    void staysUsableWhenTheInputFails() throws IOException {
        int width = 12;
        int height = 20;
        float[] picture = Networks.picture(3 * width * height, 4);
        PreparedNetwork prepared = engine().prepare(Networks.random(2, 8, 2, 1));
        float[] whole = whole(prepared, picture, width);
        BandWorker worker = prepared.worker(width, height);
        float[] out = new float[whole.length];
        runBand(worker, picture, width, 0, 5, 2, out);
        assertThatThrownBy(() -> worker.run(
                        (y, target, offset) -> {
                            throw new IOException("row " + y);
                        },
                        5,
                        5,
                        (y, row) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("row ");
        runBand(worker, picture, width, 5, 15, 2, out);
        assertSameBits(out, whole);
    }

    @Test
    void refusesBandsOutsideThePicture() {
        BandWorker worker = engine().prepare(Networks.random(1, 4, 1, 1)).worker(3, 5);
        for (int[] band : new int[][] {{-1, 2}, {4, 2}, {5, 1}, {0, 6}}) {
            assertThatThrownBy(() -> worker.run((y, target, offset) -> {}, band[0], band[1], (y, row) -> {}))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private void assertAgrees(Network network, int width, int height, double tolerance) throws IOException {
        float[] picture = Networks.picture(3 * width * height, 42);
        double[] expected = DoubleReference.run(network, picture, width);
        float[] scalar = whole(new ScalarEngine().prepare(network), picture, width);
        float[] actual = whole(engine().prepare(network), picture, width);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertThat((double) actual[i]).as("sample %d", i).isCloseTo(expected[i], within(allowed));
            assertThat((double) actual[i]).as("sample %d", i).isCloseTo(scalar[i], within(allowed));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double allowed) {
        return org.assertj.core.api.Assertions.within(allowed);
    }

    private static float[] whole(PreparedNetwork prepared, float[] picture, int width) throws IOException {
        int height = picture.length / (3 * width);
        int scale = prepared.network().scale();
        float[] out = new float[picture.length * scale * scale];
        runBand(prepared.worker(width, height), picture, width, 0, height, scale, out);
        return out;
    }

    private static void runBand(
            BandWorker worker, float[] picture, int width, int top, int rows, int scale, float[] out)
            throws IOException {
        int[] next = {top * scale};
        worker.run(
                (y, target, offset) -> System.arraycopy(picture, 3 * width * y, target, offset, 3 * width),
                top,
                rows,
                (y, row) -> {
                    assertThat(y).isEqualTo(next[0]++);
                    System.arraycopy(row, 0, out, 3 * width * scale * y, 3 * width * scale);
                });
        assertThat(next[0]).isEqualTo((top + rows) * scale);
    }

    private static List<int[]> bands(Random random, int height, int most) {
        List<int[]> bands = new ArrayList<>();
        for (int top = 0; top < height; ) {
            int rows = Math.min(height - top, 1 + random.nextInt(most));
            bands.add(new int[] {top, rows});
            top += rows;
        }
        return bands;
    }

    private static void assertSameBits(float[] actual, float[] expected) {
        assertThat(bits(actual)).isEqualTo(bits(expected));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
