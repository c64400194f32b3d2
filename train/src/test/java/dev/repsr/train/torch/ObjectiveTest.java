package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTest {
    /** Two patches of one pixel each, and what they should be. */
    private static final Tensor OUTPUT =
            torch.tensor(0.5f, 0.5f, 0.5f, 0.1f, 0.2f, 0.3f).reshape(2, 3, 1, 1);

    private static final Tensor TARGET =
            torch.tensor(0.4f, 0.7f, 0.5f, 0.1f, 0.2f, 0.3f).reshape(2, 3, 1, 1);

    @Test
    void differencesAreMeansOverEverything() {
        assertThat(Objective.ABSOLUTE.of(OUTPUT, TARGET).item_float()).isCloseTo(0.3f / 6, within(1e-6f));
        assertThat(Objective.SQUARED.of(OUTPUT, TARGET).item_float()).isCloseTo(0.05f / 6, within(1e-6f));
    }

    @Test
    void theLogarithmCountsEveryPatchAlike() {
        double hard = Math.log(0.05 / 3 + 1e-5);
        double perfect = Math.log(1e-5);
        assertThat(Objective.LOGARITHMIC.of(OUTPUT, TARGET).item_float())
                .isCloseTo((float) (hard + perfect) / 2, within(1e-4f));
    }

    @Test
    void lumaWeighsTheColoursAsTheEyeDoes() {
        double difference = 0.299 * 0.1 - 0.587 * 0.2;
        assertThat(Objective.ABSOLUTE.ofLuma(OUTPUT, TARGET).item_float())
                .isCloseTo((float) Math.abs(difference) / 2, within(1e-6f));
        assertThat(Objective.SQUARED.ofLuma(OUTPUT, TARGET).item_float())
                .isCloseTo((float) (difference * difference) / 2, within(1e-6f));
    }

    /** Analytic gradient of the squared luma: 2 * difference * weight / pixels. Shapes and orders that training uses. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, false",
        "2, 5, false",
        "16, 64, false",
        "16, 128, false",
        "1, 1, true",
        "2, 5, true",
        "16, 64, true",
        "16, 128, true"
    })
    void theGradientOfTheLumaIsExact(int patches, int side, boolean channelsLast) {
        float[] weights = {0.299f, 0.587f, 0.114f};
        Tensor output = torch.rand(new long[] {patches, 3, side, side}, new TensorOptions());
        Tensor target = torch.rand(new long[] {patches, 3, side, side}, new TensorOptions());
        if (channelsLast) {
            output = output.contiguous(torch.MemoryFormat.ChannelsLast);
        }
        output = output.detach().requires_grad_(true);
        Objective.SQUARED.ofLuma(output, target).backward();

        float[] gradient = floats(output.grad());
        float[] out = floats(output);
        float[] wanted = floats(target);
        int plane = side * side;
        double largest = 0;
        for (int n = 0; n < patches; n++) {
            for (int i = 0; i < plane; i++) {
                double difference = 0;
                for (int c = 0; c < 3; c++) {
                    int at = (n * 3 + c) * plane + i;
                    difference += weights[c] * ((double) out[at] - wanted[at]);
                }
                for (int c = 0; c < 3; c++) {
                    double exact = 2 * difference * weights[c] / (patches * plane);
                    largest = Math.max(largest, Math.abs(gradient[(n * 3 + c) * plane + i] - exact));
                }
            }
        }
        assertThat(largest * patches * plane).isLessThan(1e-5);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        tensor.detach().contiguous().data_ptr_float().get(values);
        return values;
    }
}
