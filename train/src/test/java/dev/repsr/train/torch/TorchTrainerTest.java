package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.Phase;
import dev.repsr.train.engine.Position;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchTrainerTest {
    private static final int SCALE = 2;
    private static final int PATCH = 8;
    private static final int BATCH = 4;

    private static TrainerSettings settings(Block block) {
        return settings(block, BATCH, Update.adam(0.9, 0.999), Precision.FLOAT32);
    }

    private static TrainerSettings settings(Block block, int batch, Update update, Precision precision) {
        return new TrainerSettings(
                new Topology(SCALE, 2, block),
                1e-5,
                0.1,
                Form.MERGED,
                precision,
                PATCH,
                batch,
                update,
                0.99,
                1,
                Device.CPU,
                true);
    }

    private static final TrainerSettings REPSR = settings(new RepSrBlock(4));

    @Test
    void itsOutputIsThatOfTheBranchesInDoubleArithmetic() throws IOException {
        try (Trainer trainer = trained(REPSR, 20, 20)) {
            double[] expected = trainer.result().evaluate(widen(lr(99, 1)), PATCH, PATCH);

            float[] output = trainer.evaluate(lr(99, 1), PATCH, PATCH);

            assertThat(output).hasSameSizeAs(expected);
            for (int i = 0; i < output.length; i++) {
                assertThat((double) output[i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    @Test
    void evaluatingLeavesTheTrainingAsItWas() throws IOException {
        try (Trainer trainer = trained(REPSR, 5, 5)) {
            Weights before = trainer.state();
            trainer.evaluate(lr(99, 1), PATCH, PATCH);
            assertThat(trainer.state()).isEqualTo(before);
        }
    }

    @Test
    void trainingLowersTheLossInBothPhases() throws IOException {
        try (Trainer trainer = new TorchTrainer(REPSR, 1)) {
            float first = trainer.step(lr(0, BATCH), hr(0, BATCH), 3e-3);
            float batch = first;
            for (int i = 0; i < 60; i++) {
                batch = trainer.step(lr(0, BATCH), hr(0, BATCH), 3e-3);
            }
            trainer.estimateStatistics(lr(0, BATCH));
            trainer.freeze();
            float frozen = batch;
            for (int i = 0; i < 60; i++) {
                frozen = trainer.step(lr(0, BATCH), hr(0, BATCH), 3e-3);
            }
            assertThat(batch).isLessThan(0.95f * first);
            assertThat(frozen).isLessThan(batch);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() throws IOException {
        try (Trainer one = trained(REPSR, 6, 6);
                Trainer two = trained(REPSR, 6, 6);
                Trainer other = new TorchTrainer(REPSR, 2)) {
            assertThat(two.state()).isEqualTo(one.state());
            assertThat(other.result().weights()).isNotEqualTo(one.result().weights());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"BATCH", "FROZEN"})
    void goingOnFromASavedStateGivesTheSameBitsAsNeverHavingStopped(Phase phase) throws IOException {
        int frozen = phase == Phase.FROZEN ? 7 : 0;
        try (Trainer whole = trained(REPSR, 7, frozen);
                Trainer resumed = new TorchTrainer(REPSR, 77)) {
            resumed.restore(whole.state(), whole.position());
            for (int i = 0; i < 5; i++) {
                float expected = whole.step(lr(50 + i, BATCH), hr(50 + i, BATCH), 1e-3);
                assertThat(resumed.step(lr(50 + i, BATCH), hr(50 + i, BATCH), 1e-3))
                        .isEqualTo(expected);
            }
            assertThat(resumed.state()).isEqualTo(whole.state());
        }
    }

    @Test
    void reestimatedStatisticsAreThePlainMeanOverTheBatches() {
        try (Trainer trainer = new TorchTrainer(REPSR, 1)) {
            for (int i = 0; i < 3; i++) {
                trainer.estimateStatistics(lr(i, BATCH));
            }
            assertThat(trainer.position()).isEqualTo(new Position(Phase.ESTIMATING, 3, 0, 0));
            float[] mean = statistic(trainer);
            float[] expected = new float[mean.length];
            for (int i = 0; i < 3; i++) {
                float[] single = statisticOf(i);
                for (int c = 0; c < single.length; c++) {
                    expected[c] += single[c] / 3;
                }
            }
            for (int c = 0; c < mean.length; c++) {
                assertThat(mean[c]).isCloseTo(expected[c], within(1e-6f));
            }
        }
    }

    private static float[] statisticOf(int batch) {
        try (Trainer single = new TorchTrainer(REPSR, 1)) {
            single.estimateStatistics(lr(batch, BATCH));
            return statistic(single);
        }
    }

    @Test
    void weightsStandStillWhileStatisticsAreEstimated() throws IOException {
        try (Trainer trainer = trained(REPSR, 2, 0)) {
            trainer.estimateStatistics(lr(0, BATCH));
            Weights before = trainer.state();

            assertThatThrownBy(() -> trainer.step(lr(1, BATCH), hr(1, BATCH), 1e-3))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stand still");
            assertThat(trainer.state()).isEqualTo(before);
            trainer.freeze();
            trainer.step(lr(1, BATCH), hr(1, BATCH), 1e-3);
            assertThat(trainer.state()).isNotEqualTo(before);
        }
    }

    @Test
    void nothingUnfreezesStatistics() throws IOException {
        try (Trainer trainer = trained(REPSR, 2, 0)) {
            Weights batchState = trainer.state();
            Position batchPosition = trainer.position();
            trainer.freeze();
            assertThatThrownBy(() -> trainer.restore(batchState, batchPosition))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be batch again");
            float[] frozen = statistic(trainer);
            trainer.step(lr(3, BATCH), hr(3, BATCH), 1e-3);

            assertThat(statistic(trainer)).isEqualTo(frozen);
            assertThatThrownBy(trainer::freeze).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> trainer.estimateStatistics(lr(0, BATCH)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aLossThatIsNotFiniteStopsBeforeTheWeightsChange() throws IOException {
        try (Trainer trainer = trained(REPSR, 3, 3)) {
            Weights before = trainer.state();
            float[] bad = hr(0, BATCH);
            bad[5] = Float.NaN;

            assertThatThrownBy(() -> trainer.step(lr(0, BATCH), bad, 1e-3))
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContaining("step 7");
            assertThat(trainer.state()).isEqualTo(before);
        }
    }

    /** Central differences of the loss in double arithmetic are the independent truth. */
    @Test
    void firstStepOfAdamGoesAgainstTheSlopeOfTheLossThroughTheMergedForm() throws IOException {
        try (Trainer trainer = trained(REPSR, 10, 0)) {
            trainer.freeze();
            TrainingNetwork before = trainer.result();
            double rate = 1e-4;
            for (String name : new String[] {"block.1.path.0.k3", "block.0.path.1.k1", "block.1.path.1.bn.gamma"}) {
                for (int index : new int[] {0, 3}) {
                    double slope = slope(before, name, index);
                    float gradientSign = gradient(trainer, before, rate, name, index);
                    assertThat(Math.signum(gradientSign))
                            .as(name + "[" + index + "]")
                            .isEqualTo((float) Math.signum(slope));
                }
            }
        }
    }

    /** Of skewed values, the mean minimises the squared error, and the much smaller median the absolute one. */
    @Test
    void theSquaredErrorDrawsTheOutputToTheMeanOfSkewedTargets() throws IOException {
        assertThat(meanOutput(Objective.SQUARED)).isCloseTo(1 / 7.0, within(0.03));
        assertThat(meanOutput(Objective.LOGARITHMIC)).isCloseTo(1 / 7.0, within(0.03));
        assertThat(meanOutput(Objective.ABSOLUTE)).isLessThan(0.07);
        assertThat(meanOutput(Objective.CHARBONNIER)).isLessThan(0.07);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void theErrorThatIsToldIsTheAbsoluteOne(Objective objective) throws IOException {
        try (Trainer absolute = new TorchTrainer(REPSR, 1);
                Trainer other = new TorchTrainer(REPSR, 1)) {
            assertThat(other.step(lr(0, BATCH), hr(0, BATCH), 1e-3, Goal.of(objective)))
                    .isEqualTo(absolute.step(lr(0, BATCH), hr(0, BATCH), 1e-3));
        }
    }

    private static double meanOutput(Objective objective) throws IOException {
        float[] skewed = hr(0, BATCH);
        for (int i = 0; i < skewed.length; i++) {
            skewed[i] = (float) Math.pow(skewed[i], 6);
        }
        try (Trainer trainer = new TorchTrainer(REPSR, 1)) {
            trainer.freeze();
            for (int i = 0; i < 400; i++) {
                trainer.step(lr(0, BATCH), skewed, 3e-3, Goal.of(objective));
            }
            double sum = 0;
            float[] output = trainer.evaluate(lr(0, 1), PATCH, PATCH);
            for (float value : output) {
                sum += value;
            }
            return sum / output.length;
        }
    }

    private static float gradient(Trainer trainer, TrainingNetwork before, double rate, String name, int index)
            throws IOException {
        try (Trainer fresh = new TorchTrainer(REPSR, 1)) {
            Map<String, Tensor> state = new LinkedHashMap<>(trainer.state().tensors());
            state.replaceAll((key, tensor) -> key.startsWith("adam.")
                    ? Tensor.zeros(
                            tensor.shape().stream().mapToInt(Integer::intValue).toArray())
                    : tensor);
            fresh.restore(new Weights(state), new Position(Phase.FROZEN, 0, 0, 0));
            fresh.step(lr(0, BATCH), hr(0, BATCH), rate);
            return before.weights().get(name).get(index)
                    - fresh.state().get("weights." + name).get(index);
        }
    }

    private static double slope(TrainingNetwork network, String name, int index) {
        double step = 1e-3;
        return loss(moved(network, name, index, step)) - loss(moved(network, name, index, -step));
    }

    private static TrainingNetwork moved(TrainingNetwork network, String name, int index, double by) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().tensors());
        Tensor tensor = network.weights().get(name);
        float[] values = tensor.toArray();
        values[index] += (float) by;
        tensors.put(
                name,
                Tensor.of(
                        values,
                        tensor.shape().stream().mapToInt(Integer::intValue).toArray()));
        return new TrainingNetwork(network.topology(), network.epsilon(), new Weights(tensors));
    }

    private static double loss(TrainingNetwork network) {
        float[] lr = lr(0, BATCH);
        float[] hr = hr(0, BATCH);
        int small = lr.length / BATCH;
        int large = hr.length / BATCH;
        double sum = 0;
        for (int n = 0; n < BATCH; n++) {
            double[] output = network.evaluate(widen(Arrays.copyOfRange(lr, n * small, (n + 1) * small)), PATCH, PATCH);
            for (int i = 0; i < large; i++) {
                sum += Math.abs(output[i] - hr[n * large + i]);
            }
        }
        return sum / hr.length;
    }

    /** The mean over four patches is the mean of the means over two and two. */
    @Test
    void twoAccumulatedBatchesAreOneOfTwiceTheSize() throws IOException {
        TrainerSettings halves = settings(REPSR.topology().block(), BATCH / 2, REPSR.update(), Precision.FLOAT32);
        try (Trainer whole = new TorchTrainer(REPSR, 1);
                Trainer parts = new TorchTrainer(halves, 1)) {
            whole.freeze();
            parts.freeze();
            Goal goal = Goal.of(Objective.SQUARED);
            for (int i = 0; i < 3; i++) {
                float[] lr = lr(i, BATCH);
                float[] hr = hr(i, BATCH);
                float expected = whole.step(lr, hr, 1e-3, goal);
                float sum = 0;
                for (int part = 0; part < 2; part++) {
                    sum += parts.accumulate(half(lr, part), half(hr, part), goal, 2);
                }
                parts.update(1e-3);
                assertThat(sum / 2).isCloseTo(expected, within(1e-5f));
            }
            assertThat(parts.position()).isEqualTo(whole.position());
            float[] expected = whole.state().get("weights.block.0.path.0.k3").toArray();
            assertThat(parts.state().get("weights.block.0.path.0.k3").toArray())
                    .containsExactly(expected, within(1e-4f));
        }
    }

    /** The first moment of Adam's first step is the gradient times a constant. */
    @Test
    void theGradientOfTwoProcessesIsThatOfOneWithBothShares() throws Exception {
        TrainerSettings halves = settings(REPSR.topology().block(), BATCH / 2, REPSR.update(), Precision.FLOAT32);
        float[] lr = lr(5, BATCH);
        float[] hr = hr(5, BATCH);
        Weights expected;
        try (Trainer whole = new TorchTrainer(REPSR, 1)) {
            whole.freeze();
            whole.step(lr, hr, 1e-3);
            expected = whole.state();
        }

        List<Weights> states = GlooTest.ranks(2, (collective, rank) -> {
            // Of different seeds, to be made equal.
            Weights own = InitialWeights.of(REPSR.topology(), rank + 1L);
            try (Trainer trainer = new TorchTrainer(halves, own, collective)) {
                trainer.synchronise();
                trainer.freeze();
                trainer.step(half(lr, rank), half(hr, rank), 1e-3);
                return trainer.state();
            }
        });

        assertThat(states.get(1)).isEqualTo(states.get(0));
        for (String name : expected.names()) {
            if (name.startsWith("adam.mean.")) {
                assertThat(states.get(0).get(name).toArray())
                        .as(name)
                        .containsExactly(expected.get(name).toArray(), within(1e-6f));
            }
        }
    }

    private static float[] half(float[] values, int index) {
        int size = values.length / 2;
        return Arrays.copyOfRange(values, index * size, (index + 1) * size);
    }

    @Test
    void anUpdateWithoutAGradientIsRefused() {
        try (Trainer trainer = new TorchTrainer(REPSR, 1)) {
            assertThatThrownBy(() -> trainer.update(1e-3)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Finite pictures and a finite loss, but a gradient whose norm is beyond float. */
    @Test
    void aGradientThatIsNotFiniteStopsBeforeTheWeightsChange() throws IOException {
        try (Trainer trainer = trained(REPSR, 0, 2)) {
            Weights before = trainer.state();
            float[] far = hr(0, BATCH);
            Arrays.fill(far, 1e15f);
            float[] bright = lr(0, BATCH);
            Arrays.fill(bright, 1e15f);

            assertThatThrownBy(() -> trainer.step(bright, far, 1e-3, Goal.of(Objective.SQUARED)))
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContaining("the gradient is Infinity at step 3");
            assertThat(trainer.state()).isEqualTo(before);
        }
    }

    @Test
    void sixteenBitsTrainNearlyAsThirtyTwoAndKeepFloatWeights() throws IOException {
        Block block = new RepSrBlock(8);
        Map<Precision, Float> errors = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            try (Trainer trainer = new TorchTrainer(settings(block, BATCH, REPSR.update(), precision), 1)) {
                for (int i = 0; i < 40; i++) {
                    errors.put(precision, trainer.step(lr(0, BATCH), hr(0, BATCH), 3e-3));
                    if (i == 20) {
                        trainer.freeze();
                    }
                }
                double[] exact = trainer.result().evaluate(widen(lr(99, 1)), PATCH, PATCH);
                float[] output = trainer.evaluate(lr(99, 1), PATCH, PATCH);
                for (int i = 0; i < output.length; i++) {
                    assertThat((double) output[i]).isCloseTo(exact[i], within(1e-5));
                }
            }
        }
        float exact = Objects.requireNonNull(errors.get(Precision.FLOAT32));
        assertThat(Objects.requireNonNull(errors.get(Precision.BFLOAT16)))
                .isNotEqualTo(exact)
                .isCloseTo(exact, within(0.02f * exact));
    }

    @Test
    void plainConvolutionsTrainToo() throws IOException {
        try (Trainer trainer = trained(settings(new PlainConv(4)), 0, 10)) {
            assertThat(trainer.result().merge().toNetwork().size()).isEqualTo("M2C4");
        }
    }

    private static Trainer trained(TrainerSettings settings, int batchSteps, int frozenSteps) throws IOException {
        Trainer trainer = new TorchTrainer(settings, 1);
        for (int i = 0; i < batchSteps + frozenSteps; i++) {
            if (i == batchSteps) {
                trainer.freeze();
            }
            trainer.step(lr(i, BATCH), hr(i, BATCH), 1e-3);
        }
        return trainer;
    }

    private static float[] statistic(Trainer trainer) {
        return trainer.state().get("weights.block.1.path.1.bn.variance").toArray();
    }

    private static float[] lr(long seed, int patches) {
        return random(seed, patches * 3 * PATCH * PATCH);
    }

    private static float[] hr(long seed, int patches) {
        return random(seed + 1000, patches * 3 * PATCH * PATCH * SCALE * SCALE);
    }

    private static float[] random(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
