package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.PictureFormat;
import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 48, 56, 64, 65, 80, 100, 280})
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
        List<Layer> bare = List.of(new Conv3x3("a", 3, 6), new Conv3x3("b", 6, 3));
        assertAgrees(Networks.random(1, bare, 2), 9, 9, 1e-5);
    }

    /** The last two are wide enough for several parts. */
    @ParameterizedTest(name = "{0} channels, {1}x{2}")
    @CsvSource({"16,37,29", "5,1,40", "24,67,31", "40,13,50", "64,9,23", "16,1,1", "8,67,2", "16,130,9", "12,163,21"})
    void givesTheSameBitsHoweverColumnsAndStagesAreSharedByThreads(int channels, int width, int height)
            throws IOException {
        RowNetwork network =
                engine().prepare(Networks.random(3, channels, 2, channels)).forPicture(width, height);
        float[] picture = Networks.picture(3 * width * height, 7);
        float[] whole = whole(network, picture, width);
        PictureFormat format = new PictureFormat(width, height, 3, 8);
        for (ThreadGrid grid : grids(network, width)) {
            for (int run = 0; run < 5; run++) {
                BandPlan plan = new BandPlan(network, width, height, grid, 0);
                try (BandThreads shared = new BandThreads(grid.threads())) {
                    ArrayRows rows = new ArrayRows(format, picture);
                    assertSameBits(ArrayRows.readAll(new EnlargedRows(rows, plan, shared, false)), whole);
                }
            }
        }
    }

    private static List<ThreadGrid> grids(RowNetwork network, int width) {
        List<ThreadGrid> grids = new ArrayList<>();
        for (int parts = 1; parts < 5; parts++) {
            for (int groups = 1; groups <= network.stages().size(); groups++) {
                ThreadGrid grid = new ThreadGrid(parts, groups, network.stages().size(), width);
                if (parts == 1 || grid.fits()) {
                    grids.add(grid);
                }
            }
        }
        return grids;
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
        long least = BandPlan.bytesNeeded(prepared, width, height);
        for (long limit : new long[] {least, least * 2, least * 3, least * 5, least * 20, Long.MAX_VALUE}) {
            float[] out = ArrayRows.readAll(new EnlargedRows(prepared, new ArrayRows(format, picture), threads, limit));
            assertSameBits(out, whole);
        }
        assertThat(picture).isEqualTo(untouched);
    }

    /** Nothing but what a pixel depends on decides its bits: not its place in a vector, a block or a picture. */
    @Test
    void givesTheSameBitsWhereverAPixelLies() throws IOException {
        int width = 475;
        int height = 17;
        int scale = 2;
        Network network = Networks.random(2, 16, scale, 9);
        PreparedNetwork prepared = engine().prepare(network);
        float[] picture = Networks.picture(3 * width * height, 11);
        float[] whole = whole(prepared, picture, width);
        int radius = network.radius() * period();
        for (int left = period(); left < 440; left += left < 50 ? period() : 8 * 7) {
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

    /** Columns after which a pixel is computed in the same way again. */
    protected int period() {
        return 1;
    }

    @Test
    void memoryGrowsWithTheWidthAndNotWithTheHeight() throws IOException {
        PreparedNetwork network = engine().prepare(Networks.random(16, 64, 4, 1));
        long bytes = BandPlan.bytesNeeded(network, 960, 540);
        assertThat(BandPlan.bytesNeeded(network, 960, 54_000)).isEqualTo(bytes);
        for (int threads = 1; threads < 9; threads++) {
            BandPlan plan = BandPlan.of(network, 960, 540, threads, Long.MAX_VALUE);
            assertThat(plan.threads()).isEqualTo(threads);
            assertThat(plan.bytes()).isLessThan(threads * 30_000_000L);
        }
    }

    @Test
    void refusesLayersThatItCannotRunByName() {
        List<Layer> layers = List.of(
                new Conv3x3("first", 3, 3), new AddNearest(1), new Conv3x3("second", 3, 3), new PRelu("slopes", 3));
        assertThatThrownBy(() -> engine().prepare(Networks.random(1, layers, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 2")
                .hasMessageContaining("second");
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
        PictureFormat format = new PictureFormat(width, picture.length / (3 * width), 3, 8);
        return ArrayRows.readAll(new EnlargedRows(prepared, new ArrayRows(format, picture), 1, Long.MAX_VALUE));
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
