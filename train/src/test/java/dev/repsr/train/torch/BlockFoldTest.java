package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.block.AsymmetricBlock;
import dev.repsr.block.BasedBlock;
import dev.repsr.block.Block;
import dev.repsr.block.BlockMerge;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.DiverseBlock;
import dev.repsr.block.MergedConv;
import dev.repsr.block.PathSequence;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.RepVggBlock;
import dev.repsr.train.fold.BlockFold;
import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fold in float and its way back are what libtorch makes of the same block in double, for every block. */
class BlockFoldTest {
    /** Share of the largest value of a tensor: float sums of some thousand terms. */
    private static final double ROUNDING = 1e-5;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
        torch.globalContext().setUserEnabledNNPACK(false);
    }

    static Stream<Block> blocks() {
        return Stream.concat(BlockZoo.all(3).stream(), BlockZoo.all(1).stream().flatMap(block -> uneven(block)));
    }

    private static Stream<Block> uneven(Block block) {
        return Stream.of(block.between(2, 5), block.between(5, 2));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void foldWithPopulationStatisticsIsTheMergeWithTheGradientsOfTheGraph(Block block) {
        FoldRun run = new FoldRun(block, 4, 5);
        BlockOracle oracle = BlockOracle.of(run.place, run.weights, FoldRun.EPSILON, run.batch, 0);
        Arrays.fill(run.gradients, 0.5f);
        for (int time = 0; time < 2; time++) {
            run.fold.fold(run.parameters, run.statistics, run.kernel, run.bias);
            run.fold.unfold(run.parameters, run.kernelGradient(), run.biasGradient(), run.gradients);
        }
        MergedConv merged = BlockMerge.merge(block, run.weights, run.place.prefix(), FoldRun.EPSILON);
        assertThat(FoldRun.error(run.kernel, merged.kernel())).isLessThan(ROUNDING);
        assertThat(FoldRun.error(run.bias, merged.bias())).isLessThan(ROUNDING);

        oracle.gradients().forEach((name, expected) -> {
            double[] added =
                    Arrays.stream(expected).map(value -> 0.5 + 2 * value).toArray();
            assertThat(run.error(name, run.gradients, run.parameterLayout, added))
                    .as(name)
                    .isLessThan(ROUNDING);
        });
    }

    static Stream<Arguments> batchBlocks() {
        List<int[]> sizes =
                List.of(new int[] {3, 3}, new int[] {5, 7}, new int[] {2, 4}, new int[] {1, 5}, new int[] {1, 1});
        return blocks().filter(block ->
                        block.normalised() && BlockFold.batchRefusal(block).isEmpty())
                .flatMap(block -> sizes.stream().map(size -> Arguments.of(block, size[0], size[1])));
    }

    @ParameterizedTest(name = "{0} on {1}x{2}")
    @MethodSource("batchBlocks")
    void foldWithStatisticsOfTheBatchIsTheBlockWithAllItsGradients(Block block, int height, int width) {
        FoldRun run = new FoldRun(block, height, width);
        PatchLayout layout = new PatchLayout(block.in(), block.in() + 2, 3);
        Map<String, Double> errors =
                run.batchErrors(layout, sums -> fillGaps(layout, sums), input -> assertEmptyGaps(layout, input));
        assertThat(errors)
                .allSatisfy((name, error) -> assertThat(error).as(name).isLessThan(ROUNDING));
        assertThat(errors).containsKeys("output", "input").hasSizeGreaterThan(5);
    }

    private static boolean isGap(PatchLayout layout, int at, int matrices) {
        int place = at - layout.origin();
        int row = place / layout.stride();
        boolean beyond = row < matrices * layout.stride() && row % layout.stride() >= layout.channels();
        return place < 0 || beyond || place % layout.stride() >= layout.channels();
    }

    private static void fillGaps(PatchLayout layout, float[] sums) {
        for (int at = 0; at < sums.length; at++) {
            sums[at] = isGap(layout, at, 29) ? Float.NaN : sums[at];
        }
    }

    private static void assertEmptyGaps(PatchLayout layout, InputGradient input) {
        for (float[] matrices : List.of(input.map(), input.lines(), input.corners())) {
            for (int at = 0; at < matrices.length; at++) {
                assertThat(isGap(layout, at, 25) && matrices[at] != 0).isFalse();
            }
        }
    }

    private static Arguments fault(String name, Consumer<float[]> onSums, Consumer<InputGradient> onInput) {
        return Arguments.of(name, onSums, onInput);
    }

    private static Arguments faultOfSums(String name, Consumer<float[]> onSums) {
        return fault(name, onSums, input -> {});
    }

    private static Arguments faultOfInput(String name, Consumer<InputGradient> onInput) {
        return fault(name, sums -> {}, onInput);
    }

    /** In the layout of three channels without gaps. */
    static Stream<Arguments> faults() {
        return Stream.of(
                faultOfSums("no top line", sums -> Arrays.fill(sums, 9 * 13, 9 * 16, 0)),
                faultOfSums("no right line", sums -> Arrays.fill(sums, 9 * 22, 9 * 25, 0)),
                faultOfSums("no corner", sums -> Arrays.fill(sums, 9 * 25, 9 * 26, 0)),
                faultOfSums("no sum of a line", sums -> Arrays.fill(sums, 9 * 29 + 3, 9 * 29 + 6, 0)),
                faultOfSums("wrong shift", sums -> System.arraycopy(sums, 9 * 4, sums, 9 * 5, 9)),
                faultOfInput("no map", input -> Arrays.fill(input.map(), 0)),
                faultOfInput("wrong tap", input -> System.arraycopy(input.map(), 9 * 7, input.map(), 9 * 6, 9)),
                faultOfInput("no line", input -> Arrays.fill(input.lines(), 9 * 5, 9 * 10, 0)),
                faultOfInput("no corner of the map", input -> Arrays.fill(input.corners(), 9 * 3, 9 * 4, 0)),
                faultOfInput("no zones", BlockFoldTest::insideEverywhere));
    }

    private static void insideEverywhere(InputGradient input) {
        for (int zone = 0; zone < 9; zone++) {
            System.arraycopy(input.zones(), 3 * 4, input.zones(), 3 * zone, 3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void plantedFaultsAreFarAboveTheRounding(String name, Consumer<float[]> onSums, Consumer<InputGradient> onInput) {
        FoldRun run = new FoldRun(new RepSrBlock(3), 5, 7);
        Map<String, Double> errors = run.batchErrors(PatchLayout.dense(3), onSums, onInput);
        assertThat(errors.values()).as(name).anyMatch(error -> error > 100 * ROUNDING);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new RepSrBlock(3), true),
                Arguments.of(new BasedBlock(new RepSrBlock(3)), true),
                Arguments.of(repSr(PathSequence.SPATIAL, true), true),
                Arguments.of(repSr(PathSequence.POINTWISE_SPATIAL_POINTWISE, true), true),
                Arguments.of(repSr(PathSequence.POINTWISE_SPATIAL, true), false),
                Arguments.of(repSr(PathSequence.POINTWISE_SPATIAL, false), true),
                Arguments.of(new RepVggBlock(3, 3, true), true),
                Arguments.of(new AsymmetricBlock(3, 3, true), true),
                Arguments.of(new DiverseBlock(3, 3, true), false),
                Arguments.of(new DiverseBlock(3, 3, false), true));
    }

    private static Block repSr(PathSequence sequence, boolean normalised) {
        return new RepSrBlock(3, 3, 2, 2, sequence, true, normalised);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void normsBeforeASpatialStepAreRefusedByTheNameOfTheBlock(Block block, boolean taken) {
        assertThat(BlockFold.batchRefusal(block).isEmpty()).isEqualTo(taken);
        BlockFold.batchRefusal(block)
                .ifPresent(text -> assertThat(text).contains(block.name()).contains("engine: torch"));
    }
}
