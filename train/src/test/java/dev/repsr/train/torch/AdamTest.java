package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class AdamTest {
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
                Adam adam = new Adam(update, shapes(), Device.CPU)) {
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
        float[] decayed = afterSteps(new Update(0.9, 0.999, 0.5, 0), new float[] {0, 0, 0}, 2);

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
                Adam adam = new Adam(new Update(0, 0.5, 0, clip), shapes(), Device.CPU)) {
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
}
