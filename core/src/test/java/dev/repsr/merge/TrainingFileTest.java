package dev.repsr.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFileTest {
    @TempDir
    Path folder;

    private final TrainingNetwork newest = RandomTraining.network(4, 2, new RepSrBlock(4, 3, 2), 1e-4, 1);
    private final TrainingNetwork averaged = RandomTraining.network(4, 2, new RepSrBlock(4, 3, 2), 1e-4, 2);

    @Test
    void theAveragedWeightsAreTakenWhereTheyAreTheResult() throws IOException {
        TrainingFile file = TrainingFile.read(write(TrainingFile.RESULT_AVERAGE));

        assertThat(file.network().block()).isEqualTo(newest.block());
        assertThat(file.network().epsilon()).isEqualTo(1e-4);
        assertThat(weight(file.network(), "block.1.path.0.k3")).isEqualTo(weight(averaged, "block.1.path.0.k3"));
        assertThat(weight(file.network(), "block.1.path.0.bn.mean"))
                .isEqualTo(weight(newest, "block.1.path.0.bn.mean"));
    }

    @Test
    void theNewestWeightsAreTakenElsewhere() throws IOException {
        TrainingFile file = TrainingFile.read(write(TrainingFile.RESULT_NEWEST));

        assertThat(file.network()).isEqualTo(newest);
    }

    @Test
    void aModelIsNotACheckpoint() throws IOException {
        Path file = folder.resolve("model.safetensors");
        AtomicFile.write(file, new Safetensors(newest.weights(), Map.of())::write);

        assertThatThrownBy(() -> TrainingFile.read(file))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("not a training checkpoint");
    }

    private Path write(String result) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        newest.weights().tensors().forEach((name, tensor) -> tensors.put(TrainingFile.WEIGHTS + name, tensor));
        averaged.weights().tensors().forEach((name, tensor) -> {
            if (!name.contains(".bn.mean") && !name.contains(".bn.variance")) {
                tensors.put(TrainingFile.AVERAGE + name, tensor);
            }
        });
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, 4, 2, newest.block(), newest.epsilon());
        metadata.put(TrainingFile.RESULT, result);
        Path file = folder.resolve("checkpoint.safetensors");
        AtomicFile.write(file, new Safetensors(new Weights(tensors), metadata)::write);
        return file;
    }

    private static Tensor weight(TrainingNetwork network, String name) {
        return network.weights().get(name);
    }
}
