package dev.repsr.train.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.Position;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.Update;
import dev.repsr.train.step.JavaTrainer;
import dev.repsr.train.step.StepKernels;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The weights after some steps are the same bits, whatever computes them. */
class VectorBitsTest {
    private static final int PATCH = 10;
    private static final int BATCH = 7;
    private static final int STEPS = 4;
    private static final double RATE = 1e-3;

    static Stream<Arguments> ways() {
        return Stream.of(new RepSrBlock(12), new PlainConv(18))
                .flatMap(block -> Stream.of(Width.BITS_512, Width.BITS_256, Width.BITS_128)
                        .flatMap(width -> Stream.of(1, 2, 3).map(threads -> Arguments.of(block, width, threads))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void weightsAreTheSameBitsForAllWidthsAndNumbersOfThreads(Block block, Width width, int threads) throws Exception {
        Map<String, List<Float>> expected = train(block, Width.BITS_512, 1, STEPS);
        assertThat(train(block, width, threads, STEPS)).isEqualTo(expected);
    }

    static List<Block> blocks() {
        return List.of(new RepSrBlock(12), new PlainConv(18));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void goingOnFromAStateGivesTheSameBits(Block block) throws Exception {
        Map<String, List<Float>> expected = train(block, Width.BITS_512, 1, STEPS);
        for (int stop = 1; stop < STEPS; stop++) {
            Weights state;
            Position position;
            try (Trainer first = trainer(block, Width.BITS_512, 2)) {
                run(first, 0, stop);
                state = first.state();
                position = first.position();
            }
            try (Trainer second = trainer(block, Width.BITS_512, 1)) {
                second.restore(state, position);
                run(second, stop, STEPS);
                assertThat(values(second)).as("stopped after %d steps", stop).isEqualTo(expected);
            }
        }
    }

    private static Map<String, List<Float>> train(Block block, Width width, int threads, int steps) throws Exception {
        try (Trainer trainer = trainer(block, width, threads)) {
            run(trainer, 0, steps);
            return values(trainer);
        }
    }

    private static Trainer trainer(Block block, Width width, int threads) {
        Topology topology = new Topology(2, 2, block);
        TrainerSettings settings = new TrainerSettings(
                topology,
                1e-5,
                0.1,
                Form.MERGED,
                Precision.FLOAT32,
                PATCH,
                BATCH,
                new Update(Update.Algorithm.MUON, 0.9, 0.999, 1e-4, 1),
                0.9,
                threads,
                Device.CPU,
                true);
        StepKernels kernels = new VectorKernels(width);
        return new JavaTrainer(settings, InitialWeights.of(topology, 5), new Alone(), kernels);
    }

    /** The first half with batch statistics, then estimated and frozen. */
    private static void run(Trainer trainer, int from, int to) throws Exception {
        for (int step = from; step < to; step++) {
            SplittableRandom random = new SplittableRandom(step);
            float[] lr = floats(random, 3 * BATCH * PATCH * PATCH);
            float[] hr = floats(random, 4 * lr.length);
            if (step == STEPS / 2) {
                trainer.estimateStatistics(lr);
                trainer.estimateStatistics(floats(random, lr.length));
                trainer.freeze();
            }
            trainer.accumulate(lr, hr, Goal.of(Objective.ABSOLUTE), 2);
            trainer.accumulate(lr, hr, new Goal(Objective.CHARBONNIER, 0.5, 0), 2);
            trainer.update(RATE);
        }
    }

    private static float[] floats(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    private static Map<String, List<Float>> values(Trainer trainer) {
        return trainer.state().tensors().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> list(entry.getValue())));
    }

    private static List<Float> list(Tensor tensor) {
        return java.util.stream.IntStream.range(0, tensor.size())
                .mapToObj(tensor::get)
                .map(Number::floatValue)
                .toList();
    }
}
