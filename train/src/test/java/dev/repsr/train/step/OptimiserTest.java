package dev.repsr.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import dev.repsr.train.engine.Update.Algorithm;
import dev.repsr.train.fold.ScalarMatrices;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimiserTest {
    private static final double RATE = 0.01;

    private static Optimiser optimiser(Update update) {
        return new Optimiser(update, MuonInDoubles.shapes(), new ScalarMatrices());
    }

    private static Update update(Algorithm algorithm) {
        return new Update(algorithm, 0.9, 0.99, 0.1, 3);
    }

    private static Weights state(Optimiser optimiser) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        optimiser.save(state);
        return new Weights(state);
    }

    @Test
    void kernelsMoveAlongTheirOrthogonalisedMomentum() throws TrainingDiverged {
        Optimiser optimiser = optimiser(new Update(Algorithm.MUON, 0.9, 0.99, 0, 0));
        MuonInDoubles wide = new MuonInDoubles(0.9, 4, 2, 3, 3);
        MuonInDoubles tall = new MuonInDoubles(0.9, 6, 3, 1, 1);
        for (int step = 1; step <= 5; step++) {
            float[] gradient = MuonInDoubles.random(step);
            float[] parameters = new float[MuonInDoubles.SIZE];

            optimiser.step(parameters, gradient.clone(), step, RATE);

            assertClose(parameters, 0, wide.change(doubles(gradient, 0, 72), RATE));
            assertClose(parameters, 76, tall.change(doubles(gradient, 76, 18), RATE));
        }
        assertThat(state(optimiser).names())
                .containsExactly(
                        "adam.mean.bias",
                        "adam.mean.slope",
                        "adam.square.bias",
                        "adam.square.slope",
                        "muon.wide",
                        "muon.tall",
                        "muon.alike");
    }

    /** Five rounds bring singular values to 0.68 to 1.13 (K. Jordan). */
    @Test
    void theStepKeepsTheLengthOfEveryCombinationOfFilters() throws TrainingDiverged {
        float[] parameters = new float[MuonInDoubles.SIZE];
        optimiser(new Update(Algorithm.MUON, 0.9, 0.99, 0, 0)).step(parameters, MuonInDoubles.random(8), 1, RATE);
        double unit = RATE * 0.2 * Math.sqrt(18);
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 100; k++) {
            double[] factors = random.doubles(4, -1, 1).toArray();
            double[] sum = new double[18];
            double squares = 0;
            for (int r = 0; r < 4; r++) {
                squares += factors[r] * factors[r];
                for (int c = 0; c < 18; c++) {
                    sum[c] += factors[r] * parameters[r * 18 + c] / unit;
                }
            }
            double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum() / squares);
            assertThat(length).isBetween(0.68, 1.13);
        }
    }

    private static void assertClose(float[] actual, int at, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[at + i]).isCloseTo(expected[i], within(1e-5 * RATE));
        }
    }

    private static double[] doubles(float[] values, int at, int size) {
        double[] wide = new double[size];
        for (int i = 0; i < size; i++) {
            wide[i] = values[at + i];
        }
        return wide;
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void goingOnFromASavedStateGivesTheSameBits(Algorithm algorithm) throws TrainingDiverged {
        Optimiser whole = optimiser(update(algorithm));
        float[] expected = MuonInDoubles.random(0);
        for (int step = 1; step <= 3; step++) {
            whole.step(expected, MuonInDoubles.random(step), step, RATE);
        }
        Optimiser resumed = optimiser(update(algorithm));
        resumed.load(state(whole));
        float[] parameters = expected.clone();
        for (int step = 4; step <= 6; step++) {
            whole.step(expected, MuonInDoubles.random(step), step, RATE);
            resumed.step(parameters, MuonInDoubles.random(step), step, RATE);
        }
        assertThat(parameters).isEqualTo(expected);
        assertThat(state(resumed)).isEqualTo(state(whole));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void withoutAGradientOnlyDecayMovesKernelsAlone(Algorithm algorithm) throws TrainingDiverged {
        float[] parameters = new float[MuonInDoubles.SIZE];
        Arrays.fill(parameters, 1);
        optimiser(new Update(algorithm, 0.9, 0.99, 0.5, 0)).step(parameters, new float[MuonInDoubles.SIZE], 1, RATE);

        assertThat(Arrays.copyOfRange(parameters, 0, 72)).containsOnly(0.995f);
        assertThat(Arrays.copyOfRange(parameters, 72, 76)).containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aGradientThatIsNotFiniteChangesNothing(Algorithm algorithm) {
        Optimiser optimiser = optimiser(update(algorithm));
        Weights before = state(optimiser);
        float[] gradient = MuonInDoubles.random(1);
        gradient[7] = Float.POSITIVE_INFINITY;
        float[] parameters = MuonInDoubles.random(0);

        assertThatThrownBy(() -> optimiser.step(parameters, gradient, 9, RATE))
                .isInstanceOf(TrainingDiverged.class)
                .hasMessage("the gradient is Infinity at step 9");
        assertThat(parameters).isEqualTo(MuonInDoubles.random(0));
        assertThat(state(optimiser)).isEqualTo(before);
    }
}
