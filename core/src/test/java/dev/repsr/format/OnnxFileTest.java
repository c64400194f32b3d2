package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which other programs write the same network. */
class OnnxFileTest {

    @ParameterizedTest
    @ValueSource(ints = {11, 13, 14, 17, 20, 22})
    void operatorSetsThatMeanTheSame(int opset) throws ModelRefused {
        assertThat(new OnnxSketch().opset(opset).read()).isEqualTo(OnnxSketch.NETWORK);
    }

    @ParameterizedTest
    @CsvSource({"asymmetric, floor", "half_pixel, round_prefer_floor", "pytorch_half_pixel, round_prefer_ceil"})
    void waysToNameTheSameNeighbour(String coordinates, String rounding) throws ModelRefused {
        OnnxSketch sketch = new OnnxSketch();
        sketch.node("resize", "Resize", "e", "in", "", "scales")
                .message(5, OnnxSketch.string("mode", "nearest"))
                .message(5, OnnxSketch.string("coordinate_transformation_mode", coordinates))
                .message(5, OnnxSketch.string("nearest_mode", rounding));

        assertThat(sketch.read()).isEqualTo(OnnxSketch.NETWORK);
    }

    @Test
    void upsampleOfOldOperatorSets() throws ModelRefused {
        OnnxSketch attribute = new OnnxSketch().opset(7);
        attribute.node("resize", "Upsample", "e", "in").message(5, OnnxSketch.floats("scales", 1, 1, 2, 2));
        OnnxSketch input = new OnnxSketch().opset(9);
        input.node("resize", "Upsample", "e", "in", "scales");

        assertThat(attribute.without("scales").read()).isEqualTo(OnnxSketch.NETWORK);
        assertThat(input.read()).isEqualTo(OnnxSketch.NETWORK);
    }

    @Test
    void constantsIdentitiesCastsAndInitialisersAmongTheInputs() throws ModelRefused {
        OnnxSketch sketch = new OnnxSketch().without("scales").with(11, new ProtobufWriter().string(1, "body.0.bias"));
        float[] scales = {1, 1, 2, 2};
        ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(scales);
        ProtobufWriter tensor = OnnxSketch.describe("", new int[] {4}, 1).bytes(9, raw.array());
        sketch.node("constant", "Constant", "scales")
                .message(5, new ProtobufWriter().string(1, "value").message(5, tensor));
        sketch.node("same", "Identity", "in2", "in");
        sketch.node("cast", "Cast", "in3", "in2").message(5, OnnxSketch.integer("to", 1));
        sketch.node("conv0", "Conv", "a", "in3", "body.0.weight", "body.0.bias")
                .message(5, OnnxSketch.string("auto_pad", "SAME_UPPER"));

        assertThat(sketch.read()).isEqualTo(OnnxSketch.NETWORK);
    }

    @Test
    void reluAndLeakyReluBecomeSlopes() throws ModelRefused {
        OnnxSketch relu = new OnnxSketch();
        relu.node("relu", "Relu", "b", "a");
        OnnxSketch leaky = new OnnxSketch();
        leaky.node("relu", "LeakyRelu", "b", "a").message(5, OnnxSketch.real("alpha", 0.25f));
        OnnxSketch usual = new OnnxSketch();
        usual.node("relu", "LeakyRelu", "b", "a");

        assertThat(slopes(relu.read())).containsExactly(0, 0);
        assertThat(slopes(leaky.read())).containsExactly(0.25f, 0.25f);
        assertThat(slopes(usual.read())).containsExactly(0.01f, 0.01f);
    }

    @Test
    void oneSlopeForAllChannels() throws ModelRefused {
        OnnxSketch sketch = new OnnxSketch().tensor("body.1.weight", new int[] {1}, 0.5f);

        assertThat(slopes(sketch.read())).containsExactly(0.5f, 0.5f);
    }

    @Test
    void missingBiasIsZero() throws ModelRefused {
        OnnxSketch sketch = new OnnxSketch().without("body.0.bias");
        sketch.node("conv0", "Conv", "a", "in", "body.0.weight").message(5, OnnxSketch.integers("pads", 1, 1, 1, 1));

        assertThat(sketch.read().weights().get("body.0.bias")).isEqualTo(Tensor.zeros(2));
    }

    @Test
    void depthFirstShuffleIsTheSameNetworkWithItsChannelsReordered() throws ModelRefused {
        Tensor bias = OnnxSketch.NETWORK.weights().get("body.2.bias");
        Tensor weight = OnnxSketch.NETWORK.weights().get("body.2.weight");
        float[] biases = new float[12];
        float[] weights = new float[weight.size()];
        for (int c = 0; c < 3; c++) {
            for (int k = 0; k < 4; k++) {
                biases[k * 3 + c] = bias.get(c * 4 + k);
                System.arraycopy(weight.toArray(), (c * 4 + k) * 18, weights, (k * 3 + c) * 18, 18);
            }
        }
        OnnxSketch sketch = new OnnxSketch()
                .tensor("body.2.bias", new int[] {12}, biases)
                .tensor("body.2.weight", new int[] {12, 2, 3, 3}, weights);
        sketch.node("shuffle", "DepthToSpace", "d", "c").message(5, OnnxSketch.integer("blocksize", 2));

        assertThat(sketch.read()).isEqualTo(OnnxSketch.NETWORK);
    }

    @Test
    void numbersInTypedFields() throws ModelRefused {
        Tensor bias = OnnxSketch.NETWORK.weights().get("body.0.bias");
        ByteBuffer packed = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        packed.putFloat(bias.get(0)).putFloat(bias.get(1));
        OnnxSketch floats = new OnnxSketch()
                .tensor(
                        "body.0.bias",
                        OnnxSketch.describe("body.0.bias", new int[] {2}, 1).bytes(4, packed.array()));
        // 0x3C00 is 1, as a varint; -2 is 0xC000.
        byte[] halves = {(byte) 0x80, 0x78, (byte) 0x80, (byte) 0x80, 0x03};
        OnnxSketch half = new OnnxSketch()
                .tensor(
                        "body.0.bias",
                        OnnxSketch.describe("body.0.bias", new int[] {2}, 10).bytes(5, halves));

        assertThat(floats.read()).isEqualTo(OnnxSketch.NETWORK);
        assertThat(half.read().weights().get("body.0.bias").toArray()).containsExactly(1, -2);
    }

    private static float[] slopes(Network network) {
        return network.weights().get("body.1.weight").toArray();
    }
}
