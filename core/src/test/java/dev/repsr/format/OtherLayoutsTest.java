package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestData;
import dev.repsr.format.TorchArchive.Pickle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as other programs write them. */
class OtherLayoutsTest {
    private static final Network NETWORK = SmallModel.MODEL.network();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "params",
                "params_ema",
                "state_dict",
                "model_state_dict",
                "net",
                "anything",
                "state_dict/model"
            })
    void wrappersOfTorchFilesArePeeled(String wrappers) throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            Model read = PthFile.read(torch(wrappers, "FloatStorage", Precision.FLOAT32, method), "x.pth")
                    .model();

            assertThat(read.network()).isEqualTo(NETWORK);
        }
    }

    @ParameterizedTest
    @CsvSource({"HalfStorage, FLOAT16", "BFloat16Storage, BFLOAT16", "DoubleStorage, FLOAT64"})
    void otherKindsOfNumbersAreRead(String storage, Precision precision) throws IOException {
        OpenedModel read = PthFile.read(torch("", storage, precision, ZipEntry.STORED), "x.pth");

        assertThat(read.precision()).isEqualTo(precision);
        Tensor original = NETWORK.weights().get("body.0.weight");
        Tensor found = read.model().network().weights().get("body.0.weight");
        for (int i = 0; i < original.size(); i++) {
            assertThat(found.get(i)).isEqualTo(precision.rounded(original.get(i)));
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, FLOAT16", "BF16, BFLOAT16"})
    void otherKindsOfNumbersInSafetensors(String type, Precision precision) throws IOException {
        StringBuilder header = new StringBuilder("{");
        int offset = 0;
        ByteBuffer data = ByteBuffer.allocate(2 * (int) NETWORK.parameters()).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Tensor> tensor : NETWORK.weights().tensors().entrySet()) {
            int end = offset + 2 * tensor.getValue().size();
            header.append(offset == 0 ? "" : ",").append(Json.quote("module." + tensor.getKey()));
            header.append(":{\"dtype\":")
                    .append(Json.quote(type))
                    .append(",\"shape\":")
                    .append(tensor.getValue().shape());
            header.append(",\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]}");
            for (float value : tensor.getValue().toArray()) {
                put(data, precision, value);
            }
            offset = end;
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] file = ByteBuffer.allocate(8 + text.length + data.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data.array())
                .array();

        OpenedModel read = ModelFile.read(ModelFormat.SAFETENSORS, List.of(file), "x.safetensors");

        assertThat(read.precision()).isEqualTo(precision);
        assertThat(read.model().network().weights().get("body.3.weight").get(0))
                .isEqualTo(
                        precision.rounded(NETWORK.weights().get("body.3.weight").get(0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"ReLU map1 1 1 map0 map1; 0", "ReLU map1 1 1 map0 map1 0=1.0e-01; 0.1"})
    void reluAndLeakyReluOfNcnnBecomeSlopes(String line, float slope) throws IOException {
        List<byte[]> sound = SmallModel.files(ModelFormat.NCNN);
        String text =
                new String(sound.getFirst(), StandardCharsets.US_ASCII).replace("PReLU map1 1 1 map0 map1 0=2", line);

        Network network = NcnnFile.read(
                        text.getBytes(StandardCharsets.US_ASCII), withoutFirstSlopes(sound.getLast()), "x.param")
                .model()
                .network();

        assertThat(network.weights().get("body.1.weight").toArray()).containsExactly(slope, slope);
        assertThat(network.weights().get("body.2.weight"))
                .isEqualTo(NETWORK.weights().get("body.2.weight"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"9=1; 0", "9=2 -23310=1,2.5e-01; 0.25"})
    void activationsInsideNcnnConvolutionsBecomeSlopes(String parameters, float slope) throws IOException {
        List<byte[]> sound = SmallModel.files(ModelFormat.NCNN);
        String text = new String(sound.getFirst(), StandardCharsets.US_ASCII)
                .replace("PReLU map1 1 1 map0 map1 0=2\n", "")
                .replace("picture map0 0=2 1=3 4=1 5=1 6=54", "picture map1 0=2 1=3 4=1 5=1 6=54 " + parameters)
                .replace("10 11", "9 10");

        Network network = NcnnFile.read(
                        text.getBytes(StandardCharsets.US_ASCII), withoutFirstSlopes(sound.getLast()), "x.param")
                .model()
                .network();

        assertThat(network.weights().get("body.1.weight").toArray()).containsExactly(slope, slope);
    }

    @Test
    void ncnnFilesHaveTheDocumentedLayout() throws IOException {
        List<byte[]> files = SmallModel.files(ModelFormat.NCNN);
        ByteBuffer numbers = ByteBuffer.wrap(files.getLast()).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new String(files.getFirst(), StandardCharsets.US_ASCII).lines())
                .startsWith("7767517", "10 11", "Input input 0 1 data", "Split split 1 2 data picture_of_skip picture")
                .endsWith(
                        "PixelShuffle map5 1 1 map4 map5 0=1",
                        "Interp nearest 1 1 picture_of_skip nearest 0=1 1=1.000000e+00 2=1.000000e+00",
                        "BinaryOp output 2 1 map5 nearest output");
        assertThat(numbers.getInt()).isZero();
        assertThat(numbers.getFloat())
                .isEqualTo(NETWORK.weights().get("body.0.weight").get(0));
        assertThat(numbers.getFloat(4 + 4 * 54))
                .isEqualTo(NETWORK.weights().get("body.0.bias").get(0));
        assertThat(numbers.getFloat(4 + 4 * 56))
                .isEqualTo(NETWORK.weights().get("body.1.weight").get(0));
        assertThat(files.getLast()).hasSize(4 * (int) (NETWORK.parameters() + 3));
    }

    @Test
    @Tag("data")
    void foreignNetworksAreRefusedWithTheirLayer() throws IOException {
        assertForeign("etds/ESPCN_x2.pth", "layer conv1 has a 5x5 kernel");
        assertForeign("etds/ETDS_M5C16_x2.pth", "layer conv_clip has a 1x1 kernel");
        assertForeign("etds/ECBSR_ET_M4C16_x2.pth", "layer backbone.6.0 has a 1x1 kernel");
        assertForeign("realesr-compact/realesr-animevideov3-x2.param", "layer Interp Resize_40");
        assertThatThrownBy(() -> ModelFile.open(TestData.require("weights/opencv-dnn/ESPCN_x2.pb")))
                .isInstanceOf(ModelRefused.class);
    }

    @Test
    void numbersOfNcnnWithoutTheirTextSayWhatToName() throws IOException {
        Path file = Files.write(
                folder.resolve("2x.bin"), SmallModel.files(ModelFormat.NCNN).getLast());

        assertThatThrownBy(() -> ModelFile.open(file))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(".param");
    }

    private static void assertForeign(String file, String layer) {
        assertThatThrownBy(() -> ModelFile.open(TestData.require("weights/" + file)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(layer)
                .hasMessageContaining("compact family");
    }

    /** The numbers behind the first convolution are two slopes. */
    private static byte[] withoutFirstSlopes(byte[] numbers) {
        int slopes = 4 * (1 + 54 + 2);
        byte[] shorter = Arrays.copyOf(numbers, numbers.length - 8);
        System.arraycopy(numbers, slopes + 8, shorter, slopes, numbers.length - slopes - 8);
        return shorter;
    }

    private static void put(ByteBuffer data, Precision precision, float value) {
        switch (precision) {
            case FLOAT64 -> data.putDouble(value);
            case BFLOAT16 -> data.putShort((short) (Float.floatToIntBits(value) >> 16));
            case FLOAT32, FLOAT16 -> precision.put(data, value);
        }
    }

    /** The network as PyTorch would save it, with a memo and with module versions, below wrappers. */
    private static byte[] torch(String wrappers, String storage, Precision precision, int method) throws IOException {
        TorchArchive archive = new TorchArchive().method(method);
        Pickle pickle = new Pickle().op(0x80, 2);
        List<String> outer = Arrays.stream(wrappers.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        for (String wrapper : outer) {
            pickle.ops("}").text("epoch").number(3).ops("s").text(wrapper);
        }
        pickle.global("collections", "OrderedDict").ops("q").op(0).ops(")R(");
        int key = 0;
        for (Map.Entry<String, Tensor> entry : NETWORK.weights().tensors().entrySet()) {
            Tensor tensor = entry.getValue();
            ByteBuffer numbers =
                    ByteBuffer.allocate(precision.bytes() * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor.toArray()) {
                put(numbers, precision, value);
            }
            archive.entry("some-root/data/" + key, numbers.array());
            pickle.text("module." + entry.getKey())
                    .global("torch._utils", "_rebuild_tensor_v2")
                    .ops("((")
                    .text("storage");
            pickle.global("torch", storage)
                    .text(Integer.toString(key++))
                    .text("cuda:0")
                    .number(tensor.size());
            pickle.ops("tQ")
                    .number(0)
                    .numbers(tensor.shape())
                    .numbers(strides(tensor))
                    .ops("\u0089h")
                    .op(0)
                    .ops(")RtR");
        }
        pickle.ops("u}").text("_metadata").ops("h").op(0).ops(")Rsb");
        pickle.ops("s".repeat(outer.size())).ops(".");
        return archive.entry("some-root/data.pkl", pickle.bytes()).bytes();
    }

    private static List<Integer> strides(Tensor tensor) {
        Integer[] strides = new Integer[tensor.shape().size()];
        int stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= tensor.side(axis);
        }
        return List.of(strides);
    }
}
