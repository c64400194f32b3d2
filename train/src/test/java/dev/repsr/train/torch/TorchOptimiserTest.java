package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import dev.repsr.train.engine.Update.Algorithm;
import dev.repsr.train.fold.ScalarMatrices;
import dev.repsr.train.step.MuonInDoubles;
import dev.repsr.train.step.Optimiser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchOptimiserTest {
    private static final double RATE = 0.1;

    /** A kernel of two weights and a bias of one. */
    private static SequencedMap<String, int[]> shapes() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("weight", new int[] {1, 2, 1, 1});
        shapes.put("bias", new int[] {1});
        return shapes;
    }

    private static float[] afterSteps(Update update, float[] gradient, int steps) throws TrainingDiverged {
        try (FlatTensors parameters = new FlatTensors(shapes());
                FlatTensors gradients = new FlatTensors(shapes());
                TorchOptimiser adam = new TorchOptimiser(update, shapes(), Device.CPU)) {
            parameters.flat().data_ptr_float().put(1, -2, 3);
            for (int i = 1; i <= steps; i++) {
                gradients.flat().data_ptr_float().put(gradient);
                adam.step(parameters.flat(), gradients.flat(), i, RATE);
            }
            float[] values = new float[3];
            parameters.flat().data_ptr_float().get(values);
            return values;
        }
    }

    @Test
    void theFirstStepsOfAConstantGradientHaveTheSizeOfTheRate() throws TrainingDiverged {
        assertThat(afterSteps(Update.adam(0.9, 0.999), new float[] {5, -7, 0.01f}, 2))
                .containsExactly(new float[] {0.8f, -1.8f, 2.8f}, within(1e-4f));
    }

    @Test
    void decayShrinksKernelsAndLeavesBiasesAlone() throws TrainingDiverged {
        float[] decayed = afterSteps(new Update(Algorithm.ADAM, 0.9, 0.999, 0.5, 0), new float[] {0, 0, 0}, 2);

        assertThat(decayed).containsExactly(new float[] {0.9025f, -1.805f, 3}, within(1e-6f));
    }

    /** Without memory (b1 = 0) the first moment is the gradient that was followed. */
    @Test
    void aLongGradientIsShortenedToTheClipAndAShortOneStays() throws TrainingDiverged {
        assertThat(momentAfter(1, new float[] {3, 0, -4})).containsExactly(new float[] {0.6f, 0, -0.8f}, within(1e-6f));
        assertThat(momentAfter(6, new float[] {3, 0, -4})).containsExactly(new float[] {3, 0, -4}, within(1e-6f));
        assertThat(momentAfter(0, new float[] {3, 0, -4})).containsExactly(new float[] {3, 0, -4}, within(1e-6f));
    }

    private static float[] momentAfter(double clip, float[] gradient) throws TrainingDiverged {
        try (FlatTensors parameters = new FlatTensors(shapes());
                FlatTensors gradients = new FlatTensors(shapes());
                TorchOptimiser adam =
                        new TorchOptimiser(new Update(Algorithm.ADAM, 0, 0.5, 0, clip), shapes(), Device.CPU)) {
            gradients.flat().data_ptr_float().put(gradient);
            adam.step(parameters.flat(), gradients.flat(), 1, RATE);
            SequencedMap<String, dev.repsr.network.Tensor> state = new LinkedHashMap<>();
            adam.save(state);
            Weights saved = new Weights(state);
            float[] weight = saved.get("adam.mean.weight").toArray();
            return new float[] {
                weight[0], weight[1], saved.get("adam.mean.bias").get(0)
            };
        }
    }

    @Test
    void anInfiniteGradientIsRefused() {
        assertThatThrownBy(() -> afterSteps(Update.adam(0.9, 0.999), new float[] {1, Float.NaN, 0}, 1))
                .isInstanceOf(TrainingDiverged.class)
                .hasMessage("the gradient is NaN at step 1");
    }

    /** The double computation of {@link MuonInDoubles} is the independent truth. */
    @Test
    void kernelsMoveAlongTheirOrthogonalisedMomentum() throws TrainingDiverged {
        MuonInDoubles[] truths = {
            new MuonInDoubles(0.9, 4, 2, 3, 3), new MuonInDoubles(0.9, 6, 3, 1, 1), new MuonInDoubles(0.9, 4, 2, 3, 3)
        };
        int[] places = {0, 76, 99};
        int[] sizes = {72, 18, 72};
        try (Steps steps = new Steps(new Update(Algorithm.MUON, 0.9, 0.99, 0, 0))) {
            for (int step = 1; step <= 5; step++) {
                float[] gradient = MuonInDoubles.random(step);
                float[] before = steps.parameters();
                steps.take(gradient, step);
                float[] after = steps.parameters();
                for (int k = 0; k < places.length; k++) {
                    double[] part = new double[sizes[k]];
                    for (int i = 0; i < part.length; i++) {
                        part[i] = gradient[places[k] + i];
                    }
                    double[] change = truths[k].change(part, RATE);
                    for (int i = 0; i < part.length; i++) {
                        double moved = (double) after[places[k] + i] - before[places[k] + i];
                        assertThat(moved).isCloseTo(change[i], within(1e-5 * RATE));
                    }
                }
            }
        }
    }

    /** The same gradients for fifty steps; then each goes on from the state of the other. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void theJavaEngineTakesTheSameStepsAndReadsTheSameState(Algorithm algorithm) throws TrainingDiverged {
        Update update = new Update(algorithm, 0.9, 0.99, 0.1, 3);
        Optimiser java = new Optimiser(update, MuonInDoubles.shapes(), new ScalarMatrices());
        try (Steps steps = new Steps(update)) {
            float[] parameters = steps.parameters();
            for (int step = 1; step <= 50; step++) {
                java.step(parameters, MuonInDoubles.random(step), step, RATE);
                steps.take(MuonInDoubles.random(step), step);
            }
            assertThat(steps.parameters()).containsExactly(parameters, within(1e-5f));

            Map<String, dev.repsr.network.Tensor> ofJava = new LinkedHashMap<>();
            java.save(ofJava);
            Map<String, dev.repsr.network.Tensor> ofTorch = new LinkedHashMap<>();
            steps.optimiser.save(ofTorch);
            assertThat(ofTorch.keySet()).isEqualTo(ofJava.keySet());
            ofTorch.forEach((name, tensor) -> assertThat(tensor.toArray())
                    .as(name)
                    .containsExactly(new Weights(ofJava).get(name).toArray(), within(1e-6f)));
            java.load(new Weights(ofTorch));
            steps.optimiser.load(new Weights(ofJava));
        }
    }

    /** Parameters that begin at zero, and their optimiser. */
    private static final class Steps implements AutoCloseable {
        private final FlatTensors parameters = new FlatTensors(MuonInDoubles.shapes());
        private final FlatTensors gradients = new FlatTensors(MuonInDoubles.shapes());
        private final TorchOptimiser optimiser;

        Steps(Update update) {
            optimiser = new TorchOptimiser(update, MuonInDoubles.shapes(), Device.CPU);
        }

        void take(float[] gradient, int step) throws TrainingDiverged {
            gradients.flat().data_ptr_float().put(gradient);
            optimiser.step(parameters.flat(), gradients.flat(), step, RATE);
        }

        float[] parameters() {
            float[] values = new float[MuonInDoubles.SIZE];
            parameters.flat().data_ptr_float().get(values);
            return values;
        }

        @Override
        public void close() {
            parameters.close();
            gradients.close();
            optimiser.close();
        }
    }
}
