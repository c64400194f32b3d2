package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.Networks;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    private static final Model MODEL = new Model(
            "some-name", Networks.random(3, 6, 3, 9), Map.of(ModelFile.LICENCE, "CC0-1.0", "remark", "é\n\"x\""));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void everyWeightIsKeptBitForBit(ModelFormat format) throws IOException {
        OpenedModel read = ModelFile.read(format, ModelFile.bytes(MODEL, format, Precision.FLOAT32), "file");

        assertThat(read.model().network()).isEqualTo(MODEL.network());
        assertThat(read.format()).isEqualTo(format);
        assertThat(read.precision()).isEqualTo(Precision.FLOAT32);
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void halvesAreTheNearestHalves(ModelFormat format) throws IOException {
        OpenedModel read = ModelFile.read(format, ModelFile.bytes(MODEL, format, Precision.FLOAT16), "file");

        assertThat(read.precision()).isEqualTo(Precision.FLOAT16);
        Tensor original = MODEL.network().weights().get("body.2.weight");
        Tensor half = read.model().network().weights().get("body.2.weight");
        for (int i = 0; i < original.size(); i++) {
            assertThat(half.get(i)).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(original.get(i))));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ModelFormat.class, names = "NCNN", mode = EnumSource.Mode.EXCLUDE)
    void nameAndMetadataAreKept(ModelFormat format) throws IOException {
        Model read = ModelFile.read(format, ModelFile.bytes(MODEL, format, Precision.FLOAT32), "file")
                .model();

        assertThat(read.name()).isEqualTo("some-name");
        assertThat(read.metadata())
                .containsAllEntriesOf(MODEL.metadata())
                .containsEntry(ModelFile.SCALE, "3")
                .containsEntry(ModelFile.SIZE, "M3C6");
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void theSameModelGivesTheSameBytes(ModelFormat format) throws IOException {
        List<byte[]> first = ModelFile.bytes(MODEL, format, Precision.FLOAT32);
        List<byte[]> second = ModelFile.bytes(MODEL, format, Precision.FLOAT32);

        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).isEqualTo(first.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void theFirstBytesDecideWhateverTheNameIs(ModelFormat format) throws IOException {
        List<byte[]> files = ModelFile.bytes(MODEL, format, Precision.FLOAT32);
        Path file = Files.write(folder.resolve("model.thing"), files.getFirst());
        if (format == ModelFormat.NCNN) {
            Files.write(folder.resolve("model.thing.bin"), files.getLast());
        }

        assertThat(ModelFile.inspect(file).format()).isEqualTo(format);
        assertThat(ModelFile.open(file).network()).isEqualTo(MODEL.network());
    }

    @Test
    void builtInShapesOfOneAndEightTimesAreWritten() throws IOException {
        for (int scale : new int[] {1, 8}) {
            Network network = Networks.random(0, 3, scale, 1);
            for (ModelFormat format : ModelFormat.values()) {
                List<byte[]> files = ModelFile.bytes(new Model("n", network, Map.of()), format, Precision.FLOAT32);
                assertThat(ModelFile.read(format, files, "n").model().network()).isEqualTo(network);
            }
        }
    }
}
