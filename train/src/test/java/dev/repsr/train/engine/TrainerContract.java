package dev.repsr.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.block.AsymmetricBlock;
import dev.repsr.block.Block;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.RepVggBlock;
import dev.repsr.block.Topology;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.torch.NetworkOracle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every training engine: its gradients and statistics are those of libtorch's branches in double arithmetic. */
public abstract class TrainerContract {
    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.1;
    private static final double BETA1 = 0.9;

    /**
     * Norm of the difference as a part of the norm, of each tensor. Inputs keep away from the corners of the PReLU and of the absolute
     * error, where rounding decides about a whole pixel.
     */
    protected double rounding() {
        return 1e-5;
    }

    /** Part of the norm of all gradients that a tensor may be off whose own gradient nearly cancels, as that of a bias before a Laplacian. */
    private static final double FLOOR = 1e-6;

    /** A trainer of the engine under test. */
    protected abstract Trainer trainer(TrainerSettings settings, Weights initial);

    static Stream<Arguments> zoo() {
        return BlockZoo.all(3).stream().flatMap(block -> Stream.of(false, true).map(ends -> Arguments.of(block, ends)));
    }

    @ParameterizedTest
    @MethodSource("zoo")
    void gradientsOfFrozenBlocksAreThoseOfTheBranches(Block block, boolean ends) throws Exception {
        Case test = new Case(new Topology(2, 2, block, ends), 6, 3, true);
        test.compare(Goal.of(Objective.ABSOLUTE), this);
    }

    static Stream<Arguments> normalised() {
        return Stream.of(
                        new RepSrBlock(3),
                        new RepSrBlock(16),
                        new RepSrBlock(20),
                        new RepVggBlock(5, 5, true),
                        new AsymmetricBlock(4, 4, true))
                .flatMap(block -> Stream.of(2, 7, 12).map(patch -> Arguments.of(block, patch)));
    }

    @ParameterizedTest
    @MethodSource("normalised")
    void gradientsAndStatisticsOfABatchAreThoseOfTheBranches(Block block, int patch) throws Exception {
        Case test = new Case(new Topology(2, 3, block), patch, 3, false);
        test.compare(Goal.of(Objective.ABSOLUTE), this);
    }

    @ParameterizedTest
    @CsvSource({"1,5,3,7", "2,16,12,4", "3,24,9,5", "4,32,16,2", "4,64,8,1", "2,16,32,16"})
    void gradientsAreTheSameAtEveryScaleAndSize(int scale, int channels, int patch, int batch) throws Exception {
        Case test = new Case(new Topology(scale, 2, new PlainConv(channels, channels, true)), patch, batch, true);
        test.compare(Goal.of(Objective.ABSOLUTE), this);
    }

    static Stream<Arguments> goals() {
        return Stream.of(Objective.values())
                .flatMap(objective -> Stream.of(0.0, 0.3, 1.0)
                        .flatMap(luma -> Stream.of(1, 2, 3, 4)
                                .flatMap(scale -> Stream.of(Colours.values())
                                        .map(colours -> Arguments.of(objective, luma, colours, scale)))));
    }

    @ParameterizedTest
    @MethodSource("goals")
    void gradientsAreTheSameForEveryGoal(Objective objective, double luma, Colours colours, int scale)
            throws Exception {
        Case test = new Case(new Topology(scale, 1, new PlainConv(8)), 6, 3, true);
        test.spreadColours();
        test.compare(new Goal(objective, luma, 0, colours), this);
    }

    /** A network and a batch away from all corners. */
    private static final class Case {
        private final TrainerSettings settings;
        private final Weights initial;
        private final boolean frozen;
        private final float[] lr;
        private final float[] hr;

        Case(Topology topology, int patch, int batch, boolean frozen) {
            settings = new TrainerSettings(
                    topology,
                    EPSILON,
                    MOMENTUM,
                    Form.BRANCHES,
                    Precision.FLOAT32,
                    patch,
                    batch,
                    Update.adam(BETA1, 0.999),
                    0,
                    1,
                    Device.CPU,
                    true);
            this.frozen = frozen;
            initial =
                    withoutCorners(RandomTraining.network(topology, EPSILON, 11).weights());
            SplittableRandom random = new SplittableRandom(3);
            lr = floats(random, 3 * batch * patch * patch, 0);
            // Errors are below -1 everywhere.
            hr = floats(random, lr.length * topology.scale() * topology.scale(), 100);
        }

        /** Differences of the colours from the luma keep away from zero, too. */
        void spreadColours() {
            int plane = hr.length / (3 * settings.batch());
            for (int i = 0; i < hr.length; i++) {
                hr[i] += 100 * (i / plane % 3);
            }
        }

        private static float[] floats(SplittableRandom random, int size, double base) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (base + random.nextDouble());
            }
            return values;
        }

        private static Weights withoutCorners(Weights weights) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
            tensors.replaceAll((name, tensor) -> {
                float[] values = tensor.toArray();
                if (name.endsWith("slope")) {
                    Arrays.fill(values, 1);
                }
                return Tensor.of(
                        values, tensor.shape().stream().mapToInt(i -> i).toArray());
            });
            return new Weights(tensors);
        }

        void compare(Goal goal, TrainerContract contract) throws Exception {
            try (Trainer trainer = contract.trainer(settings, initial)) {
                if (frozen) {
                    trainer.freeze();
                }
                NetworkOracle expected = NetworkOracle.of(settings, trainer.state(), "weights.", !frozen, lr, hr, goal);
                assertThat((double) step(trainer, goal)).isCloseTo(expected.error(), within(1e-5 * expected.error()));
                Weights actual = trainer.state();
                double floor = FLOOR * norm(expected.gradients());
                expected.gradients()
                        .forEach((name, gradient) -> assertClose(
                                name,
                                gradient,
                                actual.get("adam.mean." + name),
                                1 - BETA1,
                                contract.rounding(),
                                floor));
                expected.statistics()
                        .forEach((name, values) ->
                                assertClose(name, values, actual.get("weights." + name), 1, contract.rounding(), 0));
            }
        }

        private static double norm(Map<String, double[]> gradients) {
            return Math.sqrt(gradients.values().stream()
                    .flatMapToDouble(Arrays::stream)
                    .map(value -> value * value)
                    .sum());
        }

        /** After a step Adam's mean is a tenth of the gradient. */
        private float step(Trainer trainer, Goal goal) throws Exception {
            float error = trainer.accumulate(lr, hr, goal, 1);
            trainer.update(1e-9);
            return error;
        }
    }

    private static void assertClose(
            String name, double[] expected, Tensor actual, double factor, double rounding, double floor) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual.get(i) / factor, 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference)).as(name).isLessThanOrEqualTo(rounding * Math.sqrt(norm) + floor);
    }
}
