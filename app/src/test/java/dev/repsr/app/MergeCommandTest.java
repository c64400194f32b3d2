package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
    private static final double EPSILON = 1e-5;

    @TempDir
    private Path folder;

    @Test
    void mergedModelCarriesItsReceiptAndDescription() throws IOException {
        Path checkpoint = checkpoint(1);
        Path output = folder.resolve("merged.safetensors");

        Run run = Run.of("merge", checkpoint, "-o", output, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.outText())
                .hasLineCount(1)
                .contains("\"event\":\"done\"")
                .contains("\"receipt\":{\"max_difference\":")
                .contains("\"patches\":");
        Model model = ModelFile.open(output);
        assertThat(model.name()).isEqualTo("mine");
        assertThat(model.network().size()).isEqualTo("M2C6");
        assertThat(model.metadata())
                .containsEntry(ModelFile.SEED, "7")
                .containsEntry(ModelFile.LICENCE, "Apache-2.0")
                .containsKey(ModelFile.RECEIPT);
        assertThat(Run.of("models", "info", output, "--json").outText()).contains("\"receipt\":{\"max_difference\":");
    }

    @Test
    void networkThatFloatArithmeticCannotRunIsRefusedAndNotWritten() throws IOException {
        Path checkpoint = checkpoint(1e6f);
        Path output = folder.resolve("merged.safetensors");

        Run run = Run.of("merge", checkpoint, "-o", output);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1).contains("not written");
        assertThat(output).doesNotExist();
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.safetensors"), "not a checkpoint");

        assertThat(Run.of("merge", text, "-o", folder.resolve("a.safetensors")).code())
                .isEqualTo(3);
        assertThat(Run.of("merge", folder.resolve("none"), "-o", folder.resolve("a.safetensors"))
                        .code())
                .isEqualTo(3);
        assertThat(Run.of("merge", text, "-o", folder.resolve("a.onnx")).code()).isEqualTo(2);
        assertThat(Run.of("merge", text).code()).isEqualTo(2);
    }

    /** A checkpoint whose last convolution is {@code factor} times a random one. */
    private Path checkpoint(float factor) throws IOException {
        RepSrBlock block = new RepSrBlock(6, 2, 2);
        TrainingNetwork network = RandomTraining.network(2, 2, block, EPSILON, 3);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        String tail = network.weights().names().stream()
                .filter(name -> name.endsWith(".bias"))
                .reduce((first, second) -> second)
                .orElseThrow();
        network.weights()
                .tensors()
                .forEach((name, tensor) ->
                        tensors.put(TrainingFile.WEIGHTS + name, name.equals(tail) ? times(tensor, factor) : tensor));
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, network.topology(), EPSILON);
        metadata.put(TrainingFile.RESULT, TrainingFile.RESULT_NEWEST);
        metadata.put(ModelFile.NAME, "mine");
        metadata.put(ModelFile.SEED, "7");
        metadata.put(ModelFile.LICENCE, "Apache-2.0");
        Path file = folder.resolve("checkpoint.safetensors");
        AtomicFile.write(file, out -> new Safetensors(new Weights(tensors), metadata).write(out));
        return file;
    }

    private static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(
                values, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }
}
