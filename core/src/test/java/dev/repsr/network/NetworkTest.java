package dev.repsr.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void sizesAreReadFromTheTensors() {
        Network network = Network.compact(tensors(4, 16, 3));

        assertThat(network.size()).isEqualTo("M4C16");
        assertThat(network.scale()).isEqualTo(3);
        assertThat(network.radius()).isEqualTo(6);
        // The published size of ECBSR-M4C16 x3 in RGB.
        assertThat(network.parameters()).isEqualTo(13_723);
    }

    @Test
    void theFieldsDefaultCompactNetworkHasItsPublishedNumberOfParameters() {
        assertThat(Network.compact(tensors(16, 64, 4)).parameters()).isEqualTo(621_424);
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(tensors(2, 8, 2).tensors());
        tensors.put("body.2.weight", Tensor.zeros(8, 7, 3, 3));

        assertThatThrownBy(() -> Network.compact(new Weights(tensors)))
                .hasMessageContaining("body.2.weight")
                .hasMessageContaining("[8, 7, 3, 3]")
                .hasMessageContaining("[8, 8, 3, 3]");
    }

    @Test
    void aTensorTooManyOrTooFewIsRefused() {
        Map<String, Tensor> more = new LinkedHashMap<>(tensors(2, 8, 2).tensors());
        more.put("body.99.weight", Tensor.zeros(1));
        Map<String, Tensor> fewer = new LinkedHashMap<>(tensors(2, 8, 2).tensors());
        fewer.remove("body.4.bias");

        assertThatThrownBy(() -> Network.compact(new Weights(more))).hasMessageContaining("are given");
        assertThatThrownBy(() -> Network.compact(new Weights(fewer))).hasMessageContaining("body.4.bias is missing");
    }

    @Test
    void weightsThatAreNotFiniteAreRefusedWithTheirName() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(tensors(1, 4, 2).tensors());
            tensors.put("body.1.weight", Tensor.of(new float[] {0, bad, 0, 0}, 4));

            assertThatThrownBy(() -> Network.compact(new Weights(tensors)))
                    .hasMessageContaining("body.1.weight")
                    .hasMessageContaining("index 1");
        }
    }

    @Test
    void layersThatDoNotComposeAreRefusedWithTheirNumber() {
        List<Layer> layers =
                List.of(new Layer.Conv3x3("a", 3, 8), new Layer.Conv3x3("b", 7, 12), new Layer.PixelShuffle(2));

        assertThatThrownBy(() -> new Network(2, layers, new Weights(Map.of())))
                .hasMessageContaining("layer 1")
                .hasMessageContaining("name=b");
    }

    @Test
    void aNetworkThatEndsAtAnotherScaleIsRefused() {
        List<Layer> layers = List.of(new Layer.Conv3x3("a", 3, 12), new Layer.PixelShuffle(2));

        assertThatThrownBy(() -> new Network(4, layers, new Weights(Map.of()))).hasMessageContaining("scale 2");
    }

    private static Weights tensors(int body, int channels, int scale) {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : Network.compactLayers(body, channels, scale)) {
            switch (layer) {
                case Layer.Conv3x3 conv -> {
                    tensors.put(conv.name() + ".weight", random(random, conv.out(), conv.in(), 3, 3));
                    tensors.put(conv.name() + ".bias", random(random, conv.out()));
                }
                case Layer.PRelu relu -> tensors.put(relu.name() + ".weight", random(random, relu.channels()));
                case Layer.PixelShuffle shuffle -> {}
                case Layer.AddNearest skip -> {}
            }
        }
        return new Weights(tensors);
    }

    private static Tensor random(SplittableRandom random, int... shape) {
        float[] values = Tensor.zeros(shape).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(values, shape);
    }
}
