package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOrderTest {
    private static List<Integer> epoch(SampleOrder order, long epoch) {
        return LongStream.range(0, order.pictures())
                .mapToObj(i -> order.at(epoch * order.pictures() + i).picture())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 1000})
    void everyEpochShowsEveryPictureOnce(int pictures) {
        for (long seed : new long[] {0, 1, -1, 123_456_789_012L}) {
            SampleOrder order = new SampleOrder(seed, pictures);
            for (long epoch : new long[] {0, 1, 2, 1_000_000}) {
                assertThat(epoch(order, epoch))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, pictures).boxed().toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 1000})
    void everyEpochAndEverySeedHasAnOrderOfItsOwn(int pictures) {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (long epoch = 0; epoch < 10; epoch++) {
                orders.add(epoch(new SampleOrder(seed, pictures), epoch));
            }
        }
        assertThat(orders).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void fewPicturesComeInEachOfTheirOrders(int pictures) {
        SampleOrder order = new SampleOrder(7, pictures);
        Set<List<Integer>> orders = new HashSet<>();
        for (long epoch = 0; epoch < 200; epoch++) {
            orders.add(epoch(order, epoch));
        }
        assertThat(orders).hasSize(pictures == 2 ? 2 : 6);
    }

    @Test
    void aPatchDependsOnSeedAndIndexAlone() {
        SampleOrder order = new SampleOrder(3, 17);
        List<Sample> forward = LongStream.range(0, 100).mapToObj(order::at).toList();
        List<Sample> later =
                LongStream.range(60, 100).mapToObj(new SampleOrder(3, 17)::at).toList();
        List<Sample> backward =
                LongStream.range(0, 100).map(i -> 99 - i).mapToObj(order::at).toList();

        assertThat(later).isEqualTo(forward.subList(60, 100));
        assertThat(backward.reversed()).isEqualTo(forward);
        assertThat(forward).doesNotHaveDuplicates();
        assertThat(LongStream.range(0, 100).mapToObj(new SampleOrder(4, 17)::at).toList())
                .doesNotContainAnyElementsOf(forward);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void cropsAndOrientationsAreUniformAndIndependent(int pictures) {
        SampleOrder order = new SampleOrder(1, pictures);
        // Limits of chi-square with a chance of 1e-6 to fail a uniform source; the seed is fixed, so it is settled
        // once.
        assertThat(chiSquare(order, 8, Sample::orientation)).isLessThan(41);
        assertThat(chiSquare(order, 16, s -> (int) (s.x() * 16))).isLessThan(57);
        assertThat(chiSquare(order, 16, s -> (int) (s.y() * 16))).isLessThan(57);
        assertThat(chiSquare(order, 64, s -> ((int) (s.x() * 8)) * 8 + (int) (s.y() * 8)))
                .isLessThan(129);
        assertThat(chiSquare(order, 64, s -> ((int) (s.x() * 8)) * 8 + s.orientation()))
                .isLessThan(129);
    }

    private static double chiSquare(SampleOrder order, int cells, ToIntFunction<Sample> cell) {
        int draws = 20_000;
        int[] counts = new int[cells];
        for (int i = 0; i < draws; i++) {
            counts[cell.applyAsInt(order.at(i))]++;
        }
        double expected = draws / (double) cells;
        return IntStream.of(counts)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
    }

    @Test
    void sharesAreBelowOne() {
        SampleOrder order = new SampleOrder(9, 3);
        for (int i = 0; i < 10_000; i++) {
            Sample sample = order.at(i);
            assertThat(sample.x()).isBetween(0.0, Math.nextDown(1.0));
            assertThat(sample.y()).isBetween(0.0, Math.nextDown(1.0));
        }
    }

    @Test
    void thereIsNoOrderOfNoPictures() {
        assertThatThrownBy(() -> new SampleOrder(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
