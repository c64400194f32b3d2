package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @Test
    void whatIsWrittenIsReadBackBitForBit() throws IOException {
        Safetensors written = sample();

        Safetensors read = read(bytes(written));

        assertThat(read).isEqualTo(written);
        assertThat(read.weights().names()).containsExactly("first", "scalar", "last");
    }

    /** The low byte of a header's length may be that which an old PyTorch file begins with. */
    @Test
    void aModelIsRecognisedWhateverTheLengthOfItsHeader() throws IOException {
        boolean[] met = new boolean[256];
        for (int letters = 0; letters < 300; letters += 4) {
            Model model =
                    new Model("small", SmallModel.MODEL.network(), Map.of(ModelFile.LICENCE, "x".repeat(letters)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ModelFile.write(model, out);
            met[out.toByteArray()[0] & 0xFF] = true;

            assertThat(ModelFile.read(new ByteArrayInputStream(out.toByteArray()), "small.safetensors")
                            .network())
                    .isEqualTo(model.network());
        }
        assertThat(met[0x80]).isTrue();
    }

    /** A checkpoint of a deep and narrow network has more header than numbers. */
    @Test
    void aThousandTinyTensorsAreRead() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            tensors.put("tensor." + i, Tensor.of(new float[] {i}, 1));
        }
        Safetensors written = new Safetensors(new Weights(tensors), Map.of());

        assertThat(read(bytes(written))).isEqualTo(written);
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        assertThat(bytes(sample())).isEqualTo(bytes(sample()));
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] good = bytes(sample());
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(bad)).as("bit %d", bit).isInstanceOf(ModelRefused.class);
        }
    }

    @Test
    void truncationAtEveryByteIsRefused() throws IOException {
        byte[] good = bytes(sample());
        for (int length = 0; length < good.length; length++) {
            byte[] bad = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> read(bad)).as("%d bytes", length).isInstanceOf(ModelRefused.class);
        }
    }

    @Test
    void filesOfOthersNeedNoChecksum() throws IOException {
        Safetensors read = read(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]));

        assertThat(read.weights().get("a", 1).get(0)).isZero();
        assertThat(read.metadata()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}x",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999,99999999999],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],"
                        + "\"data_offsets\":[4,4]}}",
                "{\"__metadata__\":{\"k\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]}",
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"
            })
    void badHeadersAreRefused(String header) {
        assertThatThrownBy(() -> read(file(header, new byte[4]))).isInstanceOf(ModelRefused.class);
    }

    @Test
    void aTextFileIsNotAModel() {
        ModelRefused refused = catchThrowableOfType(
                ModelRefused.class, () -> read("just some text, nothing else".getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.reason()).isEqualTo(Reason.NOT_A_MODEL);
        assertThat(refused).hasMessageStartingWith("test.safetensors: ");
    }

    private static Safetensors sample() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("first", Tensor.of(new float[] {1, -0.0f, Float.MIN_VALUE, 3.5f, 1e30f, -7}, 2, 3));
        tensors.put("scalar", Tensor.of(new float[] {42}));
        tensors.put("last", Tensor.of(new float[] {0.1f}, 1));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ModelFile.MARK, "1");
        metadata.put("recipe", "a: \"b\"\n\tc: \\ \u00e9 \u0001");
        return new Safetensors(new Weights(tensors), metadata);
    }

    private static byte[] bytes(Safetensors content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.write(out);
        return out.toByteArray();
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    private static Safetensors read(byte[] bytes) throws IOException {
        return Safetensors.read(new ByteArrayInputStream(bytes), "test.safetensors");
    }
}
