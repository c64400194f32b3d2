package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.engine.Networks;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
    private static final Network NETWORK = Networks.random(1, 4, 2, 8);

    @ParameterizedTest
    @ValueSource(strings = {"", "module.", "netG.", "module.netG.", "params_ema."})
    void prefixesOfAllKeysArePeeled(String prefix) throws ModelRefused {
        assertThat(read(renamed(key -> prefix + key))).isEqualTo(NETWORK);
    }

    @Test
    void ecbsrKeysAreRead() throws ModelRefused {
        assertThat(read(renamed(key -> {
                    int index = Integer.parseInt(key.substring(5, 6));
                    return "backbone." + index / 2 + "." + index % 2 + key.substring(6);
                })))
                .isEqualTo(NETWORK);
    }

    @Test
    void oneSlopeIsGivenToEachChannel() throws ModelRefused {
        Map<String, Tensor> tensors = renamed(key -> key);
        tensors.put("body.1.weight", Tensor.of(new float[] {0.25f}, 1));

        assertThat(read(tensors).weights().get("body.1.weight").toArray()).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void missingSlopesAreNotGuessed() {
        Map<String, Tensor> tensors = renamed(key -> key);
        tensors.remove("body.1.weight");
        tensors.remove("body.3.weight");

        assertRefused(tensors, "ReLU or LeakyReLU");
    }

    @ParameterizedTest
    @CsvSource({
        "conv1.weight, 5, layer conv1 has a 5x5 kernel",
        "conv_clip.weight, 1, layer conv_clip has a 1x1 kernel",
        "conv_last.weight, 3, tensor conv_last.weight"
    })
    void otherLayersAreNamed(String key, int kernel, String message) {
        Map<String, Tensor> tensors = renamed(name -> name);
        tensors.put(key, Tensor.zeros(3, 3, kernel, kernel));

        assertRefused(tensors, message);
    }

    @Test
    void trainingFormsAreRefused() {
        Map<String, Tensor> tensors = renamed(name -> name);
        tensors.put("body.2.bn.running_mean", Tensor.zeros(4));

        assertRefused(tensors, "merge it first");
    }

    @Test
    void greyNetworksAreRefused() {
        Map<String, Tensor> tensors = renamed(name -> name);
        tensors.put("body.0.weight", Tensor.zeros(4, 1, 3, 3));

        assertRefused(tensors, "RGB");
    }

    @Test
    void nothingIsRefused() {
        assertRefused(Map.of(), "no tensors");
    }

    private static void assertRefused(Map<String, Tensor> tensors, String message) {
        assertThatThrownBy(() -> read(tensors))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(message)
                .hasMessageContaining("compact family");
    }

    private static Network read(Map<String, Tensor> tensors) throws ModelRefused {
        return StateDict.network(new Origin("file"), tensors);
    }

    private static Map<String, Tensor> renamed(UnaryOperator<String> name) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        NETWORK.weights().tensors().forEach((key, tensor) -> renamed.put(name.apply(key), tensor));
        return renamed;
    }
}
