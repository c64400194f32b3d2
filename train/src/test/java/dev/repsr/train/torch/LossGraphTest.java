package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.train.engine.Colours;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossGraphTest {
    /** Two patches of one pixel each, and what they should be. */
    private static final Tensor OUTPUT =
            torch.tensor(0.5f, 0.5f, 0.5f, 0.1f, 0.2f, 0.3f).reshape(2, 3, 1, 1);

    private static final Tensor TARGET =
            torch.tensor(0.4f, 0.7f, 0.5f, 0.1f, 0.2f, 0.3f).reshape(2, 3, 1, 1);

    @Test
    void differencesAreMeansOverEverything() {
        assertThat(LossGraph.of(Objective.ABSOLUTE, OUTPUT, TARGET).item_float())
                .isCloseTo(0.3f / 6, within(1e-6f));
        assertThat(LossGraph.of(Objective.SQUARED, OUTPUT, TARGET).item_float()).isCloseTo(0.05f / 6, within(1e-6f));
    }

    @Test
    void theAbsoluteErrorAndItsGradientAreThoseOfLibtorch() {
        Tensor output = torch.tensor(0.5f, 0.25f, 0.5f, 0.1f, -3e-38f, 1e30f, 0).requires_grad_(true);
        Tensor target = torch.tensor(0.4f, 0.75f, 0.5f, 0.10000001f, 0, 0, 1e-30f);
        Tensor reference = output.detach().clone().requires_grad_(true);
        Tensor loss = LossGraph.of(Objective.ABSOLUTE, output, target);
        Tensor expected = torch.l1_loss(reference, target);
        loss.backward();
        expected.backward();

        assertThat(loss.item_float()).isEqualTo(expected.item_float());
        assertThat(floats(output.grad())).isEqualTo(floats(reference.grad()));
    }

    @Test
    void theLogarithmCountsEveryPatchAlike() {
        double hard = Math.log(0.05 / 3 + 1e-5);
        double perfect = Math.log(1e-5);
        assertThat(LossGraph.of(Objective.LOGARITHMIC, OUTPUT, TARGET).item_float())
                .isCloseTo((float) (hard + perfect) / 2, within(1e-4f));
    }

    @Test
    void charbonnierIsTheAbsoluteErrorWithoutItsCorner() {
        double sum = Math.sqrt(0.01 + 1e-6) + Math.sqrt(0.04 + 1e-6) + 4 * 1e-3;
        assertThat(LossGraph.of(Objective.CHARBONNIER, OUTPUT, TARGET).item_float())
                .isCloseTo((float) sum / 6, within(1e-6f));
    }

    /** One pixel in the corner: the spectrum is its value everywhere, without an imaginary part. */
    @Test
    void onePixelsDifferenceIsAlikeAtAllFrequencies() {
        Tensor target = torch.zeros(1, 1, 4, 4);
        Tensor output = torch.zeros(1, 1, 4, 4);
        output.data_ptr_float().put(0.8f);
        // Half of the parts, the imaginary ones, are zero; 1 / sqrt(16) of 0.8 in the others.
        assertThat(LossGraph.frequencies(output, target).item_float()).isCloseTo(0.1f, within(1e-6f));
    }

    @Test
    void aGoalIsTheSumOfItsParts() {
        Tensor absolute = torch.l1_loss(OUTPUT, TARGET);
        float frequencies = LossGraph.frequencies(OUTPUT, TARGET).item_float();
        float luma = LossGraph.ofLuma(Objective.SQUARED, OUTPUT, TARGET).item_float();
        float all = LossGraph.of(Objective.SQUARED, OUTPUT, TARGET).item_float();

        assertThat(LossGraph.of(new Goal(Objective.SQUARED, 0.25, 3), OUTPUT, TARGET, absolute)
                        .item_float())
                .isCloseTo(0.75f * all + 0.25f * luma + 3 * frequencies, within(1e-6f));
        assertThat(frequencies).isPositive();
    }

    /** To be equal before the shuffle is to be equal behind it. */
    @Test
    void aResidualShuffledAndAddedToTheNearestNeighbourIsItsTarget() {
        Tensor lr = torch.rand(2, 3, 5, 5);
        Tensor hr = torch.rand(2, 3, 15, 15);
        float[] residual = new float[2 * 5 * 5 * 27];
        TorchNetwork.residual(floats(lr), floats(hr), 3, 5, residual);
        Tensor nearest = torch.upsample_nearest2d(lr, new long[] {15, 15}, new DoubleOptional(), new DoubleOptional());

        Tensor enlarged = torch.pixel_shuffle(
                        torch.tensor(residual).view(2, 5, 5, 27).permute(0, 3, 1, 2), 3)
                .add(nearest);

        assertThat(enlarged.sub(hr).abs().max().item_float()).isLessThan(1e-6f);
    }

    @Test
    void lumaWeighsTheColoursAsTheEyeDoes() {
        double difference = 0.299 * 0.1 - 0.587 * 0.2;
        assertThat(LossGraph.ofLuma(Objective.ABSOLUTE, OUTPUT, TARGET).item_float())
                .isCloseTo((float) Math.abs(difference) / 2, within(1e-6f));
        assertThat(LossGraph.ofLuma(Objective.SQUARED, OUTPUT, TARGET).item_float())
                .isCloseTo((float) (difference * difference) / 2, within(1e-6f));
    }

    @Test
    void differencesOfTheColoursAreWithoutLuma() {
        double luma = 0.299 * 0.1 - 0.587 * 0.2;
        double sum = Math.abs(0.1 - luma) + Math.abs(-0.2 - luma) + Math.abs(luma);
        Tensor absolute = torch.l1_loss(OUTPUT, TARGET);

        assertThat(LossGraph.of(new Goal(Objective.ABSOLUTE, 0.25, 0, Colours.DIFFERENCES), OUTPUT, TARGET, absolute)
                        .item_float())
                .isCloseTo((float) (0.75 * sum / 6 + 0.25 * Math.abs(luma) / 2), within(1e-6f));
        assertThat(LossGraph.ofDifferences(Objective.SQUARED, OUTPUT.add(OUTPUT.mean()), OUTPUT)
                        .item_float())
                .isCloseTo(0, within(1e-12f));
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
        LossGraph.ofLuma(Objective.SQUARED, output, target).backward();

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
