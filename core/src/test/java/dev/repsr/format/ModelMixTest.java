package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestModels;
import dev.repsr.engine.Engines;
import dev.repsr.merge.ReceiptPatch;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMixTest {
    /** Two runs and their mean in single precision, of values of a few units. */
    private static final double ROUNDING = 2e-5;

    private static final Model A = TestModels.random(2, 1);
    private static final Model B = TestModels.random(2, 2);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1.0 / 3, 0.5, 0.9999999, 1})
    void mixOfAModelWithItselfIsTheModelToTheBit(double share) throws IOException {
        assertThat(ModelMix.of("mix", A, A, share).network()).isEqualTo(A.network());
    }

    @Test
    void sharesOfNothingAndAllGiveTheModelsToTheBit() throws IOException {
        Model negative = withTail(A, -0f);

        assertThat(ModelMix.of("mix", negative, B, 0).network()).isEqualTo(negative.network());
        assertThat(ModelMix.of("mix", A, negative, 1).network()).isEqualTo(negative.network());
        assertThat(ModelMix.of("mix", A, B, 1).network()).isNotEqualTo(A.network());
    }

    @Test
    void kernelsBiasesAndSlopesAreMixed() throws IOException {
        Map<String, Tensor> mixed =
                ModelMix.of("mix", A, B, 0.25).network().weights().tensors();

        assertThat(mixed.keySet()).isEqualTo(A.network().weights().names());
        mixed.forEach((name, tensor) -> {
            for (int i = 0; i < tensor.size(); i++) {
                double a = A.network().weights().get(name).get(i);
                double b = B.network().weights().get(name).get(i);
                assertThat(tensor.get(i)).as(name).isEqualTo((float) (0.75 * a + 0.25 * b));
            }
        });
    }

    @Test
    void modelsThatDifferInTheLastLayerAloneGiveTheMixOfTheirPictures() throws IOException {
        Model other = withTail(A, 0.01f);
        Network mixed = ModelMix.of("mix", A, other, 0.25).network();

        for (ReceiptPatch patch : ReceiptPatch.all()) {
            float[] first = patch.run(Engines.fastest(), A.network());
            float[] second = patch.run(Engines.fastest(), other.network());
            float[] between = patch.run(Engines.fastest(), mixed);
            for (int i = 0; i < between.length; i++) {
                assertThat((double) between[i]).isCloseTo(0.75 * first[i] + 0.25 * second[i], within(ROUNDING));
            }
        }
    }

    @Test
    void metadataSaysOfWhichModelsAndUnderWhichLicence() throws IOException {
        Model mine = new Model("mine", A.network(), Map.of("licence", "Apache-2.0", "recipe", "a"));
        Model yours = new Model("your \"net\"", B.network(), Map.of("licence", "BSD-3-Clause"));

        Map<String, String> metadata = ModelMix.of("mix", mine, yours, 0.5).metadata();

        assertThat(metadata).containsOnlyKeys("licence", "mix").containsEntry("licence", "Apache-2.0 AND BSD-3-Clause");
        assertThat(metadata.get("mix"))
                .isEqualTo("{\"share\":0.5,\"first\":{\"name\":\"mine\",\"sha256\":\"" + ModelFile.sha256(mine)
                        + "\"},\"second\":{\"name\":\"your \\\"net\\\"\",\"sha256\":\"" + ModelFile.sha256(yours)
                        + "\"}}");
        assertThat(ModelMix.of("mix", mine, B, 0.5).metadata()).containsOnlyKeys("mix");
        assertThat(ModelMix.of("mix", mine, mine, 0.5).metadata()).containsEntry("licence", "Apache-2.0");
    }

    @Test
    void modelsOfDifferentShapesAreRefusedWithBothShapes() {
        assertThatThrownBy(() -> ModelMix.of("mix", A, TestModels.random(3, 1), 0.5))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("random-x2 is M1C4 for scale 2")
                .hasMessageContaining("random-x3 is M1C4 for scale 3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void sharesOutOfRangeAreRefused(double share) {
        assertThatThrownBy(() -> ModelMix.of("mix", A, B, share)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Model withTail(Model model, float value) {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(model.network().weights().tensors());
        tensors.replaceAll((name, tensor) -> {
            if (!name.startsWith("body.4.")) {
                return tensor;
            }
            float[] values = new float[tensor.size()];
            Arrays.fill(values, value);
            return Tensor.of(
                    values, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
        });
        Network network = model.network();
        return new Model("tail", new Network(network.scale(), network.layers(), new Weights(tensors)), Map.of());
    }
}
