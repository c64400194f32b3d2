package dev.repsr.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.Models;
import dev.repsr.engine.Networks;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.Precision;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    /** Half of a unit in the last of eleven bits changes outputs of this network by some 1e-4. */
    private static final double HALF_ERROR = 2e-3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void everyBuiltInNetworkIsWrittenAndReadBack(ModelFormat format) throws IOException {
        for (Models.BuiltIn builtIn : Models.list()) {
            Model model = Models.open(builtIn.name());
            Path file = folder.resolve(builtIn.name() + format.ending());

            Conversion conversion = Conversion.write(model, file, format, Precision.FLOAT32);

            assertThat(conversion.maxDifference()).isZero();
            assertThat(conversion.maxLevels()).isZero();
            assertThat(conversion.patches()).isEqualTo(8);
            assertThat(conversion.files()).first().isEqualTo(file);
            assertThat(ModelFile.open(file).network()).isEqualTo(model.network());
        }
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void halvesStateTheirError(ModelFormat format) throws IOException {
        Path file = folder.resolve("half" + format.ending());

        Conversion conversion = Conversion.write(Models.open("repsr-m4c16-x2"), file, format, Precision.FLOAT16);

        assertThat(conversion.maxDifference()).isBetween(1e-7, HALF_ERROR);
        assertThat(conversion.maxLevels()).isLessThanOrEqualTo(1);
        assertThat(ModelFile.inspect(file).precision()).isEqualTo(Precision.FLOAT16);
    }

    @Test
    void throughAllFormatsAndBackNoBitChanges() throws IOException {
        Model model = Models.open("repsr-m4c16-x4");
        Model current = model;
        for (String name : new String[] {"a.pth", "b.onnx", "c.param", "d.safetensors"}) {
            Path file = folder.resolve(name);
            Conversion.write(current, file, ModelFormat.ofName(name).orElseThrow(), Precision.FLOAT32);
            current = ModelFile.open(file);
        }
        assertThat(current.network()).isEqualTo(model.network());
    }

    @Test
    void weightsThatHalvesCannotHoldAreRefusedAndNothingIsWritten() throws IOException {
        Model model = with("body.1.weight", 70_000f);

        assertThatThrownBy(() -> Conversion.write(model, folder.resolve("a.onnx"), ModelFormat.ONNX, Precision.FLOAT16))
                .isInstanceOf(ConversionRefused.class)
                .hasMessageContaining("body.1.weight holds 70000.0")
                .hasMessageContaining("fp16");
        assertFolderIsEmpty();
    }

    @Test
    void networksTooSensitiveForHalvesAreRefusedAndNothingIsWritten() throws IOException {
        // The output is the input + 1000.3 - 1000, and 1000.3 as a half is 1000.5.
        float[] middle = new float[3 * 9];
        for (int c = 0; c < 3; c++) {
            middle[c * 9 + 4] = 1;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("body.0.weight", Tensor.zeros(1, 3, 3, 3));
        tensors.put("body.0.bias", Tensor.of(new float[] {1000.3f}, 1));
        tensors.put("body.1.weight", Tensor.zeros(1));
        tensors.put("body.2.weight", Tensor.of(middle, 3, 1, 3, 3));
        tensors.put("body.2.bias", Tensor.of(new float[] {-1000, -1000, -1000}, 3));
        Model model = new Model("sensitive", Network.compact(new Weights(tensors)), Map.of());

        assertThatThrownBy(() -> Conversion.write(model, folder.resolve("a.pth"), ModelFormat.PTH, Precision.FLOAT16))
                .isInstanceOf(ConversionRefused.class)
                .hasMessageContaining("levels of 8 bits");
        assertFolderIsEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "net.param, 2, 2x-net.param", "net-x2.param, 2, net-x2.param", "2x-net.param, 2, 2x-net.param",
        "net.param, 4, net.param", "net.param, 3, 3x-net.param", "NET-X3.param, 3, NET-X3.param"
    })
    void namesTellTheScaleToUpscayl(String name, int scale, String expected) {
        Path named = UpscaylName.of(folder.resolve(name), scale);

        assertThat(named).isEqualTo(folder.resolve(expected));
        assertThat(UpscaylName.told(named)).isEqualTo(scale);
    }

    @Test
    void namesOfAnotherScaleAreNotHelpedByAPrefix() {
        assertThat(UpscaylName.told(UpscaylName.of(Path.of("net-x2.param"), 4))).isEqualTo(2);
    }

    private void assertFolderIsEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    /** A random network whose tensor begins with {@code value}. */
    private static Model with(String name, float value) {
        Network network = Networks.random(1, 4, 2, 6);
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().tensors());
        float[] values = network.weights().get(name).toArray();
        values[0] = value;
        tensors.put(name, Tensor.of(values, values.length));
        return new Model("changed", Network.compact(new Weights(tensors)), Map.of());
    }
}
