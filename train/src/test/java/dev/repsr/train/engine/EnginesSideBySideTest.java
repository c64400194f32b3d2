package dev.repsr.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.network.Weights;
import dev.repsr.train.step.JavaTrainer;
import dev.repsr.train.torch.TorchTrainer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two engines that train beside each other on the same batches. */
class EnginesSideBySideTest {
    private static final int STEPS = 200;
    private static final int PATCH = 16;
    private static final int BATCH = 16;
    private static final double RATE = 1e-3;

    /**
     * Squared errors, which have no corner: with the absolute error rounding decides about single pixels, and within a hundred steps
     * that makes 1e-4 and more. 4e-5 is the most that is seen here.
     */
    private static final Goal GOAL = Goal.of(Objective.SQUARED);

    private static final double TOLERANCE = 1e-4;

    static Stream<Arguments> runs() {
        Update adam = Update.adam(0.9, 0.999);
        Update muon = new Update(Update.Algorithm.MUON, 0.9, 0.999, 0, 0);
        return Stream.of(
                Arguments.of(new Topology(2, 4, new RepSrBlock(16)), adam, true),
                Arguments.of(new Topology(2, 2, new RepSrBlock(16)), adam, false),
                Arguments.of(new Topology(3, 2, new RepSrBlock(16)), muon, true),
                Arguments.of(new Topology(4, 3, new PlainConv(16, 16, true)), adam, true));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void lossesOfTwoHundredStepsAreThoseOfLibtorchAcrossTheFreeze(Topology topology, Update update, boolean fold)
            throws Exception {
        TrainerSettings settings = new TrainerSettings(
                topology, 1e-5, 0.1, Form.MERGED, Precision.FLOAT32, PATCH, BATCH, update, 0.999, 1, Device.CPU, fold);
        Weights initial = InitialWeights.of(topology, 5);
        SplittableRandom random = new SplittableRandom(1);
        try (Trainer java = new JavaTrainer(settings, initial, new Alone());
                Trainer torch = new TorchTrainer(settings, initial)) {
            for (int step = 0; step < STEPS; step++) {
                if (step == STEPS / 2) {
                    java.freeze();
                    torch.freeze();
                }
                int scale = topology.scale();
                float[] hr = picture(random, PATCH * scale);
                float[] lr = reduced(hr, PATCH, scale);
                float expected = torch.step(lr, hr, RATE, GOAL);
                assertThat(java.step(lr, hr, RATE, GOAL)).as("step " + step).isCloseTo(expected, within((float)
                        TOLERANCE));
            }
        }
    }

    /** Waves and a little noise, [BATCH, 3, side, side]. */
    private static float[] picture(SplittableRandom random, int side) {
        float[] values = new float[BATCH * 3 * side * side];
        double phase = random.nextDouble(6);
        for (int i = 0; i < values.length; i++) {
            int row = i / side;
            double wave = Math.sin(phase + 0.7 * (i % side)) * Math.cos(0.5 * row);
            values[i] = (float) (0.5 + 0.3 * wave + random.nextDouble(0.1));
        }
        return values;
    }

    /** Every {@code scale}-th pixel. */
    private static float[] reduced(float[] hr, int side, int scale) {
        float[] lr = new float[hr.length / scale / scale];
        int wide = side * scale;
        for (int i = 0; i < lr.length; i++) {
            int plane = i / (side * side);
            lr[i] = hr[(plane * wide + i / side % side * scale) * wide + i % side * scale];
        }
        return lr;
    }
}
