package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.block.Block;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.DiverseBlock;
import dev.repsr.block.EdgeBlock;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.Update;
import dev.repsr.train.torch.TorchNetwork.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the graphs of every block: they are what the block is in double arithmetic, in both forms. */
class ZooGraphTest {
    private static final double EPSILON = 1e-3;
    private static final int SIDE = 5;

    /** Outputs here are up to some ten; float sums of some hundred terms. */
    private static final double ROUNDING = 2e-5;

    /** Share of the largest gradient of a tensor. */
    private static final double GRADIENT_ROUNDING = 2e-4;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
        torch.globalContext().setUserEnabledNNPACK(false);
    }

    /** Three channels; one and six, where the library is known to err in other layouts than ours, for a few. */
    static Stream<Arguments> topologies() {
        Stream<Block> others = Stream.of(1, 6)
                .flatMap(channels -> Stream.of(
                        new RepSrBlock(channels),
                        new DiverseBlock(channels, channels, true),
                        new EdgeBlock(channels, channels, 2, false)));
        return Stream.concat(BlockZoo.all(3).stream(), others)
                .flatMap(block -> Stream.of(false, true).map(ends -> Arguments.of(block, ends)));
    }

    static List<Block> blocks() {
        return BlockZoo.all(3);
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void bothFormsAreTheBlockInDoubleArithmeticWithTheSameGradients(Block block, boolean ends) {
        TrainingNetwork network = RandomTraining.network(new Topology(2, 1, block, ends), EPSILON, 5);
        double[] picture = RandomTraining.picture(3 * SIDE * SIDE, 1);
        double[] expected = network.evaluate(picture, SIDE, SIDE);

        Pass branches = new Pass(network, picture, new Mode(false, 0, Form.BRANCHES, Precision.FLOAT32));
        Pass merged = new Pass(network, picture, new Mode(false, 0, Form.MERGED, Precision.FLOAT32));

        for (int i = 0; i < expected.length; i++) {
            double rounding = ROUNDING * Math.max(1, Math.abs(expected[i]));
            assertThat((double) branches.output[i]).isCloseTo(expected[i], within(rounding));
            assertThat((double) merged.output[i]).isCloseTo(expected[i], within(rounding));
        }
        branches.gradients.forEach(
                (name, gradient) -> assertSameGradient(name, gradient, new Weights(merged.gradients).get(name)));
        assertThat(merged.statistics).isEqualTo(branches.statistics);
    }

    /** Some paths of the library are taken for larger maps only. */
    @ParameterizedTest
    @MethodSource("topologies")
    void aMapOfTheSizeOfAPatchIsRightToTheLastPixel(Block block, boolean ends) {
        TrainingNetwork network = RandomTraining.network(new Topology(2, 1, block, ends), EPSILON, 5);
        double[] picture = RandomTraining.picture(3 * 32 * 32, 1);
        Update adam = Update.adam(0.9, 0.999);
        TrainerSettings settings = new TrainerSettings(
                network.topology(), EPSILON, 0.1, Form.MERGED, Precision.FLOAT32, 4, 1, adam, 0, 1, Device.CPU, true);
        float[] output;
        try (Trainer trainer = new TorchTrainer(settings, network.weights())) {
            output = trainer.evaluate(floats(picture), 32, 32);
        }
        double[] expected = network.merge().evaluate(picture, 32, 32);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) output[i])
                    .isCloseTo(expected[i], within(ROUNDING * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void assertSameGradient(String name, Tensor expected, Tensor actual) {
        double largest = 1e-3;
        for (float value : expected.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual.toArray()).as(name).containsExactly(expected.toArray(), within((float)
                (GRADIENT_ROUNDING * largest)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void batchStatisticsAreUsedAndFollowedWhereThereIsNormalisation(Block block) {
        TrainingNetwork network = RandomTraining.network(new Topology(2, 1, block, true), EPSILON, 5);
        double[] picture = RandomTraining.picture(3 * SIDE * SIDE, 1);

        Pass population = new Pass(network, picture, new Mode(false, 0, Form.BRANCHES, Precision.FLOAT32));
        Pass batch = new Pass(network, picture, new Mode(true, 0.5, Form.BRANCHES, Precision.FLOAT32));

        assertThat(batch.statistics.isEmpty()).isEqualTo(!block.normalised());
        if (block.normalised()) {
            assertThat(batch.output).isNotEqualTo(population.output);
            batch.statistics.forEach(
                    (name, tensor) -> assertThat(tensor).as(name).isNotEqualTo(population.statistics.get(name)));
        } else {
            assertThat(batch.output).isEqualTo(population.output);
        }
        batch.gradients.forEach(
                (name, tensor) -> assertThat(tensor.firstNonFinite()).as(name).isEqualTo(-1));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void initialWeightsFillTheTopologyAndStartCloseToNearestNeighbours(Block block) {
        Topology topology = new Topology(2, 2, block, true);
        TrainingNetwork network = new TrainingNetwork(topology, EPSILON, InitialWeights.of(topology, 9));

        double[] picture = RandomTraining.picture(3 * SIDE * SIDE, 1);
        double[] output = network.evaluate(picture, SIDE, SIDE);
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            int y = i / (2 * SIDE) % (2 * SIDE) / 2;
            int x = i % (2 * SIDE) / 2;
            sum += Math.abs(output[i] - picture[i / (4 * SIDE * SIDE) * SIDE * SIDE + y * SIDE + x]);
        }
        assertThat(sum / output.length).isLessThan(0.5);
    }

    /** One forward and backward pass; the loss is the mean of squares. */
    private static final class Pass {
        final float[] output;
        final Map<String, Tensor> gradients = new LinkedHashMap<>();
        final Map<String, Tensor> statistics = new LinkedHashMap<>();

        @SuppressWarnings("try")
        Pass(TrainingNetwork network, double[] picture, Mode mode) {
            SequencedMap<String, int[]> trained = shapes(network, name -> !TrainerSettings.isStatistic(name));
            try (FlatTensors parameters = new FlatTensors(trained);
                    FlatTensors collected = new FlatTensors(trained);
                    FlatTensors running = new FlatTensors(shapes(network, TrainerSettings::isStatistic));
                    PointerScope scope = new PointerScope()) {
                parameters.load(network.weights(), "");
                running.load(network.weights(), "");
                parameters.collectGradientsIn(collected);
                var x = torch.tensor(floats(picture)).reshape(1, 3, SIDE, SIDE);
                var result = new TorchNetwork(2, network.topology().places(), parameters, running, EPSILON)
                        .forward(x, mode)
                        .contiguous();
                output = new float[(int) result.numel()];
                result.data_ptr_float().get(output);
                result.square().mean().backward();
                collected.save(gradients, "");
                running.save(statistics, "");
            }
        }

        private static SequencedMap<String, int[]> shapes(TrainingNetwork network, Predicate<String> which) {
            SequencedMap<String, int[]> shapes = network.topology().tensors();
            shapes.keySet().removeIf(which.negate());
            return shapes;
        }
    }
}
