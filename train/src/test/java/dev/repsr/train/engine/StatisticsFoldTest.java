package dev.repsr.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.block.Block;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.MergedConv;
import dev.repsr.block.PathSequence;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Update.Algorithm;
import dev.repsr.train.torch.TorchTrainer;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsFoldTest {
    private static final Update ADAM = Update.adam(0.9, 0.999);
    private static final double EPSILON = 1e-5;

    /** Three factors of a kernel are rounded to float. */
    private static final double LAST_BITS = 3e-7;

    /** Sums of some hundred terms in float. */
    private static final float SUMS = 1e-4f;

    /** Seeds differ by three hundredths. */
    private static final double AS_GOOD = 1.1;

    private static final double HIGH_RATE = 6e-3;
    private static final int BATCH_STEPS = 12;
    private static final int FROZEN_STEPS = 150;
    private static final int LAST = 50;
    private static final int PATCH = 12;
    private static final int BATCH = 4;

    static List<Block> blocks() {
        return BlockZoo.all(3).stream().filter(Block::normalised).toList();
    }

    private static Topology topology(Block block) {
        return new Topology(2, 1, block, true);
    }

    /** What a trainer saves: random weights, small deviations as they are found in training, and moments that are zero. */
    private static Weights state(TrainerSettings settings) {
        TrainingNetwork network = RandomTraining.network(settings.topology(), EPSILON, 5);
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().tensors());
        tensors.replaceAll((name, tensor) -> name.endsWith(".variance") ? times(1e-3f, tensor) : tensor);
        try (Trainer trainer = new TorchTrainer(settings, new Weights(tensors))) {
            return trainer.state();
        }
    }

    private static Tensor times(float factor, Tensor vector) {
        float[] values = vector.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(values, values.length);
    }

    private static Weights state(Topology topology) {
        return state(settings(topology, EPSILON, ADAM));
    }

    private static TrainerSettings settings(Topology topology, double epsilon, Update update) {
        return new TrainerSettings(
                topology,
                epsilon,
                0.1,
                Form.MERGED,
                Precision.FLOAT32,
                PATCH,
                BATCH,
                update,
                0.99,
                1,
                Device.CPU,
                true);
    }

    private static TrainingNetwork network(Topology topology, Weights state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        topology.tensors().forEach((name, shape) -> tensors.put(name, state.get(TrainingFile.WEIGHTS + name, shape)));
        return new TrainingNetwork(topology, EPSILON, new Weights(tensors));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theFunctionStaysAndEveryNormalisationDividesByOne(Block block) {
        Weights state = state(topology(block));

        Weights folded = StatisticsFold.of(topology(block), EPSILON, state);

        assertThat(folded).isNotEqualTo(state);
        List<MergedConv> before = network(topology(block), state).merge().convolutions();
        List<MergedConv> after = network(topology(block), folded).merge().convolutions();
        for (int i = 0; i < before.size(); i++) {
            assertClose(after.get(i).kernel(), before.get(i).kernel());
            assertClose(after.get(i).bias(), before.get(i).bias());
        }
        folded.tensors().forEach((name, tensor) -> {
            if (name.endsWith(".variance")) {
                assertThat(tensor.toDoubles()).containsOnly((float) (1 - EPSILON));
            }
        });
    }

    private static void assertClose(double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).containsExactly(expected, within(LAST_BITS * largest));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void whatIsFoldedStaysTheSameBits(Block block) {
        Weights folded = StatisticsFold.of(topology(block), EPSILON, state(topology(block)));

        assertThat(StatisticsFold.of(topology(block), EPSILON, folded)).isEqualTo(folded);
    }

    /** RepSR's 1x1 sees maps that a unit step on it would move the merged kernel by five times. */
    @Test
    void aStepBehindANormalisationMovesTheMergedKernelLessThanTwiceAsFar() {
        Topology topology = new Topology(2, 1, new RepSrBlock(3));
        Weights state = state(topology);
        assertThat(reach(topology, state)).isGreaterThan(4);

        assertThat(reach(topology, StatisticsFold.of(topology, EPSILON, state))).isBetween(1.0, 2.0);
    }

    /** Root of the mean square of what a change by 1 in all weights of the first 1x1 does to the first filter, each alone. */
    private static double reach(Topology topology, Weights state) {
        String weight = TrainingFile.WEIGHTS + "block.0.path.0.k1";
        double[] before = network(topology, state).merge().convolutions().get(1).kernel();
        double squares = 0;
        for (int m = 0; m < 6; m++) {
            float[] values = state.get(weight).toArray();
            values[m] += 1;
            Map<String, Tensor> moved = new LinkedHashMap<>(state.tensors());
            moved.put(weight, Tensor.of(values, 3, 6, 1, 1));
            double[] after = network(topology, new Weights(moved))
                    .merge()
                    .convolutions()
                    .get(1)
                    .kernel();
            for (int i = 0; i < 27; i++) {
                squares += Math.pow(after[i] - before[i], 2) / 27;
            }
        }
        return Math.sqrt(squares);
    }

    /** Gradients of the folded network, as libtorch finds them, are the independent truth. */
    @ParameterizedTest
    @MethodSource("blocks")
    void momentsAreThoseOfTheFoldedNetwork(Block block) throws IOException {
        for (Algorithm algorithm : Algorithm.values()) {
            assertSameMoments(new Update(algorithm, 0.9, 0.999, 0, 0), topology(block));
        }
    }

    private static void assertSameMoments(Update update, Topology topology) throws IOException {
        TrainerSettings settings = settings(topology, EPSILON, update);
        Weights state = state(settings);

        Weights foldedAfterwards = StatisticsFold.of(topology, EPSILON, afterOneFrozenStep(settings, state));
        Weights foldedBefore = afterOneFrozenStep(settings, StatisticsFold.of(topology, EPSILON, state));

        for (String name : foldedBefore.names()) {
            if (name.startsWith("adam.") || name.startsWith("muon.")) {
                float[] expected = foldedBefore.get(name).toArray();
                float largest = 1e-9f;
                for (float value : expected) {
                    largest = Math.max(largest, Math.abs(value));
                }
                assertThat(foldedAfterwards.get(name).toArray())
                        .as(name)
                        .containsExactly(expected, within(SUMS * largest));
            }
        }
    }

    private static Weights afterOneFrozenStep(TrainerSettings settings, Weights state) throws IOException {
        try (Trainer trainer = new TorchTrainer(settings, 1)) {
            trainer.restore(state, new Position(Phase.FROZEN, 0, 0, 0));
            float[][] batch = batch(new SplittableRandom(3));
            trainer.step(batch[0], batch[1], 1e-12, Goal.of(Objective.SQUARED));
            return trainer.state();
        }
    }

    /** Without the fold some of the runs leave the range of pictures. */
    @Test
    void trainingOnAtAHighRateIsAsGoodAsWithoutNormalisation() throws IOException {
        double never = 0;
        double frozen = 0;
        for (int seed = 1; seed <= 3; seed++) {
            never += lastLoss(seed, false);
            frozen += lastLoss(seed, true);
        }
        assertThat(frozen).isLessThan(AS_GOOD * never);
    }

    /** Mean of the last losses of a network of RepSR's blocks whose statistics, if any, are frozen early. */
    private static double lastLoss(int seed, boolean normalised) throws IOException {
        Block block = new RepSrBlock(16, 16, 2, 2, PathSequence.SPATIAL_POINTWISE, true, normalised);
        SplittableRandom random = new SplittableRandom(seed);
        double last = 0;
        try (Trainer trainer = new TorchTrainer(settings(new Topology(2, 4, block), 1e-5, ADAM), seed)) {
            for (int i = -BATCH_STEPS; i < FROZEN_STEPS; i++) {
                if (i == 0) {
                    for (int k = 0; k < BATCH_STEPS; k++) {
                        trainer.estimateStatistics(batch(random)[0]);
                    }
                    trainer.freeze();
                }
                float[][] batch = batch(random);
                float loss = trainer.step(batch[0], batch[1], i < 0 ? 1e-3 : HIGH_RATE);
                last += i < FROZEN_STEPS - LAST ? 0 : loss / LAST;
            }
        }
        return last;
    }

    /** Slanted edges between two colours, and the same at half the size. */
    private static float[][] batch(SplittableRandom random) {
        int large = 2 * PATCH;
        float[] lr = new float[BATCH * 3 * PATCH * PATCH];
        float[] hr = new float[4 * lr.length];
        for (int n = 0; n < BATCH; n++) {
            double angle = random.nextDouble(Math.PI);
            double middle = random.nextDouble(-0.3, 0.3) * large;
            for (int c = 0; c < 3; c++) {
                double dark = random.nextDouble();
                double bright = random.nextDouble();
                for (int p = 0; p < large * large; p++) {
                    int x = p % large;
                    int y = p / large;
                    double side = (x - PATCH) * Math.cos(angle) + (y - PATCH) * Math.sin(angle) - middle;
                    float value = (float) (side < 0 ? dark : bright);
                    int plane = 3 * n + c;
                    hr[plane * large * large + p] = value;
                    lr[(plane * PATCH + y / 2) * PATCH + x / 2] += value / 4;
                }
            }
        }
        return new float[][] {lr, hr};
    }
}
