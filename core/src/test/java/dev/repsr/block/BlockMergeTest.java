package dev.repsr.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockMergeTest {
    private static final double EPSILON = 1e-5;

    /** Double arithmetic in another order: a few units in the last place of sums of some hundred terms. */
    private static final double ROUNDING = 1e-12;

    static Stream<Block> blocks() {
        return Stream.of(
                new PlainConv(1),
                new PlainConv(7),
                new RepSrBlock(1),
                new RepSrBlock(16),
                new RepSrBlock(5, 1, 1),
                new RepSrBlock(3, 4, 3));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void mergedNetworkIsTheSameFunctionBordersIncluded(Block block) {
        for (int[] size : new int[][] {{1, 1}, {1, 5}, {4, 1}, {2, 3}, {7, 9}}) {
            TrainingNetwork training = RandomTraining.network(2, 3, block, EPSILON, size[0] * 31L + size[1]);
            double[] picture = RandomTraining.picture(3 * size[0] * size[1], 7);

            double[] branches = training.evaluate(picture, size[0], size[1]);
            double[] merged = training.merge().evaluate(picture, size[0], size[1]);

            assertThat(merged).hasSameSizeAs(branches).hasSize(3 * 4 * size[0] * size[1]);
            for (int i = 0; i < merged.length; i++) {
                assertThat(merged[i]).isCloseTo(branches[i], within(ROUNDING));
            }
        }
    }

    @Test
    void anotherEpsilonIsNoticed() {
        Block block = new RepSrBlock(16);
        TrainingNetwork training = RandomTraining.network(2, 2, block, EPSILON, 3);
        TrainingNetwork other = new TrainingNetwork(2, 2, block, 2 * EPSILON, training.weights());
        double[] picture = RandomTraining.picture(3 * 64, 7);

        double[] branches = training.evaluate(picture, 8, 8);
        double[] merged = other.merge().evaluate(picture, 8, 8);

        double largest = 0;
        for (int i = 0; i < merged.length; i++) {
            largest = Math.max(largest, Math.abs(merged[i] - branches[i]));
        }
        assertThat(largest).isGreaterThan(1e-9);
    }

    @Test
    void oneWeightOfEachKindMergesToItsHandMadeValue() {
        // One channel, one path of one feature: K3 has 3 at the top left tap, BN multiplies by 2 and adds 1, K1 is 5,
        // b1 is 7.
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[] k3 = new float[9];
        k3[0] = 3;
        tensors.put("path.0.k3", Tensor.of(k3, 1, 1, 3, 3));
        tensors.put("path.0.bn.gamma", Tensor.of(new float[] {4}, 1));
        tensors.put("path.0.bn.beta", Tensor.of(new float[] {2}, 1));
        tensors.put("path.0.bn.mean", Tensor.of(new float[] {0.5f}, 1));
        tensors.put("path.0.bn.variance", Tensor.of(new float[] {3}, 1));
        tensors.put("path.0.k1", Tensor.of(new float[] {5}, 1, 1, 1, 1));
        tensors.put("path.0.k1.bias", Tensor.of(new float[] {7}, 1));

        MergedConv merged = BlockMerge.merge(new RepSrBlock(1, 1, 1), new Weights(tensors), "", 1.0);

        // s = 4 / sqrt(3 + 1) = 2; top left 5 * 2 * 3 = 30; centre 1 from the identity; bias 7 + 5 (2 - 2 * 0.5) = 12.
        assertThat(merged.kernel()).containsExactly(30, 0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(merged.bias()).containsExactly(12);
    }
}
