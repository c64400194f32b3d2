package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

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
}
