package dev.repsr.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
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
        return Stream.concat(
                BlockZoo.all(3).stream(),
                Stream.of(new PlainConv(1), new PlainConv(7), new RepSrBlock(1), new RepSrBlock(16)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void mergedNetworkIsTheSameFunctionBordersIncluded(Block block) {
        for (int[] size : new int[][] {{1, 1}, {1, 5}, {4, 1}, {2, 3}, {7, 9}}) {
            assertMergesExactly(new Topology(2, 3, block, false), size[0], size[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blocksAtHeadAndTailMergeTooWhereTheChannelsDiffer(Block block) {
        for (int[] size : new int[][] {{1, 1}, {3, 2}, {5, 6}}) {
            assertMergesExactly(new Topology(3, 1, block, true), size[0], size[1]);
        }
    }

    private static void assertMergesExactly(Topology topology, int height, int width) {
        TrainingNetwork training = RandomTraining.network(topology, EPSILON, height * 31L + width);
        double[] picture = RandomTraining.picture(3 * height * width, 7);

        double[] branches = training.evaluate(picture, height, width);
        double[] merged = training.merge().evaluate(picture, height, width);

        assertThat(merged).hasSameSizeAs(branches).hasSize(3 * topology.scale() * topology.scale() * height * width);
        for (int i = 0; i < merged.length; i++) {
            assertThat(merged[i]).isCloseTo(branches[i], within(ROUNDING * Math.max(1, Math.abs(branches[i]))));
        }
    }

    /** At the border of a lone pixel, by hand: eight of the nine taps see what the 1x1 makes of zero. */
    @Test
    void aPointwiseStepBeforeTheSpatialOneIsPaddedWithItsBias() {
        Branch branch = Branch.of(
                Step.Conv.square(1, "k1", true, 1, 1, Step.Start.FULL),
                Step.Conv.square(3, "k3", true, 1, 1, Step.Start.FULL));
        assertThat(branch.spatialAt()).isEqualTo(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[] ones = new float[9];
        Arrays.fill(ones, 1);
        tensors.put("path.0.k1", Tensor.of(new float[] {2}, 1, 1, 1, 1));
        tensors.put("path.0.k1.bias", Tensor.of(new float[] {3}, 1));
        tensors.put("path.0.k3", Tensor.of(ones, 1, 1, 3, 3));
        tensors.put("path.0.k3.bias", Tensor.of(new float[] {5}, 1));
        Block block = new RepSrBlock(1, 1, 1, 1, PathSequence.POINTWISE_SPATIAL, false, false);
        Weights weights = new Weights(tensors);

        FeatureMap pixel = new FeatureMap(1, 1, 1, new double[] {10});
        MergedConv merged = BlockMerge.merge(block, weights, "", 1.0);

        // The centre sees 2 * 10 + 3, its eight neighbours 3 each; and 5.
        assertThat(new BlockEvaluation(weights, "", 1.0).evaluate(block, pixel).values())
                .containsExactly(23 + 8 * 3 + 5);
        assertThat(pixel.conv3x3(merged).values()).containsExactly(23 + 8 * 3 + 5);
    }

    /** On a plane that rises by 1 a pixel to the right, Sobel's filter along rows gives -8 inside. */
    @Test
    void anEdgeFilterMeasuresTheSlopeTimesItsFactor() {
        Block block = new EdgeBlock(1, 1, 1, false);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        block.tensors().forEach((name, shape) -> tensors.put(name, Tensor.zeros(shape)));
        tensors.put("sobel_x.k1", Tensor.of(new float[] {1}, 1, 1, 1, 1));
        tensors.put("sobel_x.edge.scale", Tensor.of(new float[] {3}, 1));
        tensors.put("sobel_x.edge.bias", Tensor.of(new float[] {2}, 1));

        FeatureMap slope = new FeatureMap(1, 3, 3, new double[] {0, 1, 2, 0, 1, 2, 0, 1, 2});
        FeatureMap merged = slope.conv3x3(BlockMerge.merge(block, new Weights(tensors), "", 1.0));

        assertThat(merged.values()[4]).isEqualTo(3 * -8 + 2);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theZooKeepsItsKindBetweenOtherChannels(Block block) {
        Block other = block.between(block.in(), 2 * block.out());
        assertThat(other.name()).isIn(block.name(), "plain");
        assertThat(other.normalised()).isEqualTo(block.normalised());
        assertThat(other.out()).isEqualTo(2 * block.out());
        assertThat(other.branches()).doesNotContain(Branch.IDENTITY);
        assertThat(block.between(block.in(), block.out())).isEqualTo(block);
    }

    @Test
    void aBranchWithTwoSpatialStepsOrChannelsThatDoNotComposeIsRefused() {
        Step spatial = Step.Conv.square(3, "a", true, 2, 2, Step.Start.FULL);
        Step wide = Step.Conv.square(1, "b", true, 3, 2, Step.Start.FULL);
        assertThatThrownBy(() -> Branch.of(spatial, spatial)).hasMessageContaining("more than one spatial step");
        assertThatThrownBy(() -> Branch.of(spatial, wide)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BasedBlock(new PlainConv(2))).isInstanceOf(IllegalArgumentException.class);
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
