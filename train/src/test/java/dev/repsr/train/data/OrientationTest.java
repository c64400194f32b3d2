package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    private static List<Integer> sources(int orientation, int side) {
        return IntStream.range(0, side * side)
                .mapToObj(i -> Orientation.source(orientation, i % side, i / side, side))
                .toList();
    }

    @Test
    void theEightAreDifferentAndLoseNoPixel() {
        Set<List<Integer>> all = new HashSet<>();
        for (int orientation = 0; orientation < 8; orientation++) {
            List<Integer> sources = sources(orientation, 5);
            assertThat(sources)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 25).boxed().toList());
            all.add(sources);
        }
        assertThat(all).hasSize(8);
        assertThat(sources(0, 5)).isEqualTo(IntStream.range(0, 25).boxed().toList());
    }

    @Test
    void theyAreSymmetriesOfTheSquareSoNeighboursStayNeighbours() {
        int side = 6;
        for (int orientation = 0; orientation < 8; orientation++) {
            for (int i = 0; i < side * side; i++) {
                int x = i % side;
                int y = i / side;
                if (x + 1 < side) {
                    assertNeighbours(orientation, x, y, x + 1, y, side);
                }
                if (y + 1 < side) {
                    assertNeighbours(orientation, x, y, x, y + 1, side);
                }
            }
        }
    }

    private static void assertNeighbours(int orientation, int x, int y, int otherX, int otherY, int side) {
        int a = Orientation.source(orientation, x, y, side);
        int b = Orientation.source(orientation, otherX, otherY, side);
        int distance = Math.abs(a % side - b % side) + Math.abs(a / side - b / side);
        assertThat(distance).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void lowAndHighResolutionPatchesStayExactlyAligned(int scale) {
        Picture lr = TestPictures.noise(11, 9, 3, 8, 5);
        TrainingPair pair = TrainingPair.of(nearest(lr, scale), lr);
        int patch = 4;
        int big = patch * scale;
        for (int orientation = 0; orientation < 8; orientation++) {
            Sample sample = new Sample(0, 0.7, 0.4, orientation, 0, 0);
            float[] small = new float[2 * 3 * patch * patch];
            float[] large = new float[2 * 3 * big * big];
            pair.copyPatch(sample, patch, scale, 1, small, large);

            for (int i = 0; i < 3 * big * big; i++) {
                int c = i / (big * big);
                int y = i / big % big;
                int x = i % big;
                float expected = small[3 * patch * patch + (c * patch + y / scale) * patch + x / scale];
                assertThat(large[3 * big * big + i]).isEqualTo(expected);
                assertThat(large[i]).isZero();
            }
        }
    }

    private static Picture nearest(Picture picture, int scale) {
        int width = picture.width() * scale;
        int height = picture.height() * scale;
        byte[] samples = new byte[width * height * 3];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            samples[i] = (byte) picture.sample(x / scale, y / scale, i % 3);
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }

    @Test
    void withoutTurningThePatchIsTheCutOut() {
        Picture lr = TestPictures.noise(10, 8, 3, 8, 6);
        TrainingPair pair = TrainingPair.of(nearest(lr, 2), lr);
        float[] small = new float[3 * 16];
        pair.copyPatch(new Sample(0, 0.5, 0.99, 0, 0, 0), 4, 2, 0, small, new float[3 * 64]);

        for (int i = 0; i < small.length; i++) {
            // Seven positions across and five down: 0.5 is the fourth, 0.99 the last.
            assertThat(small[i]).isEqualTo(lr.sample(3 + i % 4, 4 + i / 4 % 4, i / 16) / 255f);
        }
    }

    @Test
    void theSixOrdersOfColoursAreAllDifferentAndTheSameInBothResolutions() {
        Picture lr = TestPictures.noise(10, 8, 3, 8, 6);
        TrainingPair pair = TrainingPair.of(nearest(lr, 2), lr);
        float[] plain = new float[3 * 16];
        pair.copyPatch(new Sample(0, 0, 0, 0, 0, 0), 4, 2, 0, plain, new float[3 * 64]);
        Set<List<Integer>> orders = new HashSet<>();
        for (int colours = 0; colours < 6; colours++) {
            Sample sample = new Sample(0, 0, 0, 0, colours, 0);
            float[] small = new float[3 * 16];
            float[] large = new float[3 * 64];
            pair.copyPatch(sample, 4, 2, 0, small, large);
            for (int i = 0; i < small.length; i++) {
                assertThat(small[i]).isEqualTo(plain[sample.colour(i / 16) * 16 + i % 16]);
                assertThat(large[i / 16 * 64 + i % 16 / 4 * 16 + i % 4 * 2]).isEqualTo(small[i]);
            }
            orders.add(List.of(sample.colour(0), sample.colour(1), sample.colour(2)));
        }
        assertThat(orders).hasSize(6).allMatch(order -> order.containsAll(List.of(0, 1, 2)));
    }
}
