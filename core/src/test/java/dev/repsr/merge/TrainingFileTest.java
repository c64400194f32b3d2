package dev.repsr.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.block.Block;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingFileTest {
    @TempDir
    Path folder;

    private final TrainingNetwork newest = RandomTraining.network(4, 2, new RepSrBlock(4, 3, 2), 1e-4, 1);
    private final TrainingNetwork averaged = RandomTraining.network(4, 2, new RepSrBlock(4, 3, 2), 1e-4, 2);

    @Test
    void theAveragedWeightsAreTakenWhereTheyAreTheResult() throws IOException {
        TrainingFile file = TrainingFile.read(write(TrainingFile.RESULT_AVERAGE));

        assertThat(file.network().topology()).isEqualTo(newest.topology());
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

    static Stream<Arguments> topologies() {
        return BlockZoo.all(3).stream()
                .flatMap(block -> Stream.of(Arguments.of(block, false), Arguments.of(block, true)));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void everyBlockOfTheZooComesBackFromItsCheckpoint(Block block, boolean blocksAtEnds) throws IOException {
        TrainingNetwork network = RandomTraining.network(new Topology(3, 2, block, blocksAtEnds), 1e-3, 4);

        assertThat(TrainingFile.read(write(TrainingFile.RESULT_NEWEST, network, network))
                        .network())
                .isEqualTo(network);
    }

    /** What a checkpoint said before there were other blocks than the paper's and plain convolutions. */
    @Test
    void aCheckpointThatDoesNotSpeakOfVariantsHoldsThePapersBlock() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, newest.topology(), newest.epsilon());
        metadata.keySet().removeAll(List.of("sequence", "residual", "normalised", "blocks_at_ends"));
        metadata.put(TrainingFile.RESULT, TrainingFile.RESULT_NEWEST);

        assertThat(TrainingFile.read(write(metadata, newest, newest)).network()).isEqualTo(newest);
    }

    private Path write(String result) throws IOException {
        return write(result, newest, averaged);
    }

    private Path write(String result, TrainingNetwork weights, TrainingNetwork average) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, weights.topology(), weights.epsilon());
        metadata.put(TrainingFile.RESULT, result);
        return write(metadata, weights, average);
    }

    private Path write(Map<String, String> metadata, TrainingNetwork weights, TrainingNetwork average)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.weights().tensors().forEach((name, tensor) -> tensors.put(TrainingFile.WEIGHTS + name, tensor));
        average.weights().tensors().forEach((name, tensor) -> {
            if (!name.contains(".bn.mean") && !name.contains(".bn.variance")) {
                tensors.put(TrainingFile.AVERAGE + name, tensor);
            }
        });
        Path file = folder.resolve("checkpoint.safetensors");
        AtomicFile.write(file, new Safetensors(new Weights(tensors), metadata)::write);
        return file;
    }

    private static Tensor weight(TrainingNetwork network, String name) {
        return network.weights().get(name);
    }
}
