package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.Models;
import dev.repsr.block.BasedBlock;
import dev.repsr.block.Block;
import dev.repsr.block.BlockZoo;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.torch.TorchTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmStartTest {
    private static final double EPSILON = 1e-5;

    @TempDir
    Path folder;

    private final TrainingNetwork source = RandomTraining.network(2, 2, new RepSrBlock(4), EPSILON, 1);
    private final Network merged = source.merge().toNetwork();

    static List<Block> based() {
        return BlockZoo.all(4).stream()
                .filter(block -> block instanceof BasedBlock || block instanceof PlainConv)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("based")
    void aMergedNetworkGoesOnAsExactlyItself(Block block) throws IOException {
        for (boolean ends : new boolean[] {false, true}) {
            TrainingNetwork begun = begun(model(), new Topology(2, 2, block, ends));

            assertThat(begun.merge().toNetwork().weights()).isEqualTo(merged.weights());
        }
    }

    /** Both where kernels end a branch and where normalisation does. */
    @Test
    void newBranchesWakeUpWithTheFirstStep() throws Exception {
        for (Block block :
                List.of(new BasedBlock(new RepSrBlock(4)), BlockZoo.all(4).getLast())) {
            Topology topology = new Topology(2, 2, block);
            Path config = SmallRun.prepare(folder);
            var settings =
                    RunSettings.of(SmallRun.config(config, folder.resolve("run"), "network.base=true"), Ranks.ALONE);
            var own = new dev.repsr.train.engine.TrainerSettings(
                    topology,
                    EPSILON,
                    0.1,
                    settings.form(),
                    settings.precision(),
                    8,
                    1,
                    settings.update(),
                    0,
                    1,
                    settings.device(),
                    true);
            try (Trainer trainer = new TorchTrainer(own, weights(model(), topology))) {
                trainer.freeze();
                Weights before = trainer.result().weights();
                float[] lr = floats(3 * 64);
                trainer.step(lr, floats(3 * 256), 1e-3);
                trainer.step(lr, floats(3 * 256), 1e-3);
                for (String name : before.names()) {
                    if (!name.endsWith("bn.mean") && !name.endsWith("bn.variance")) {
                        assertThat(trainer.result().weights().get(name))
                                .as(name)
                                .isNotEqualTo(before.get(name));
                    }
                }
            }
        }
    }

    private static float[] floats(int size) {
        double[] values = RandomTraining.picture(size, 3);
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void anotherScaleGivesHeadAndBodyAndLeavesTheTailFresh() throws IOException {
        Topology topology = new Topology(3, 2, new PlainConv(4));
        TrainingNetwork begun = begun(model(), topology);

        assertThat(begun.weights().get("head.slope")).isEqualTo(merged.weights().get("body.1.weight"));
        assertThat(begun.weights().get("block.1.weight"))
                .isEqualTo(merged.weights().get("body.4.weight"));
        assertThat(begun.weights().get("tail.weight"))
                .isEqualTo(InitialWeights.of(topology, 8).get("tail.weight"));
    }

    @Test
    void aCheckpointOfTheSameBlocksGivesItsBranchesAndStatistics() throws IOException {
        assertThat(begun(checkpoint(), source.topology()).weights()).isEqualTo(source.weights());

        Topology other = new Topology(4, 2, new RepSrBlock(4));
        TrainingNetwork begun = begun(checkpoint(), other);
        assertThat(begun.weights().get("block.0.path.1.bn.variance"))
                .isEqualTo(source.weights().get("block.0.path.1.bn.variance"));
        assertThat(begun.weights().get("tail.bias"))
                .isEqualTo(InitialWeights.of(other, 8).get("tail.bias"));
    }

    @Test
    void aCheckpointOfOtherBlocksGivesWhatItMergesTo() throws IOException {
        Topology topology = new Topology(2, 2, new BasedBlock(new RepSrBlock(4, 1, 3)));

        assertThat(begun(checkpoint(), topology).merge().toNetwork().weights()).isEqualTo(merged.weights());
    }

    @Test
    void aBuiltInModelIsTakenByItsName() throws IOException {
        Topology topology = new Topology(2, 4, new BasedBlock(new RepSrBlock(16)));

        assertThat(begun(folder.resolve("repsr-m4c16-x2"), topology)
                        .merge()
                        .toNetwork()
                        .weights())
                .isEqualTo(Models.open("repsr-m4c16-x2").network().weights());
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() throws IOException {
        Path model = model();
        assertThatThrownBy(() -> begun(model, new Topology(2, 3, new PlainConv(4))))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageEndingWith("is a network M2C4; network.body and network.channels ask for M3C4");
        assertThatThrownBy(() -> begun(model, new Topology(2, 2, new RepSrBlock(4))))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("set network.base to true");
        assertThatThrownBy(() -> begun(folder.resolve("none.safetensors"), source.topology()))
                .isInstanceOf(ModelRefused.class);
    }

    private static TrainingNetwork begun(Path from, Topology topology) throws IOException {
        return new TrainingNetwork(topology, EPSILON, weights(from, topology));
    }

    private static Weights weights(Path from, Topology topology) throws IOException {
        return WarmStart.from(from, topology, InitialWeights.of(topology, 8));
    }

    private Path model() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Model model = new Model("model", merged, Map.of());
        AtomicFile.write(file, out -> ModelFile.write(model, out));
        return file;
    }

    private Path checkpoint() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        source.weights().tensors().forEach((name, tensor) -> tensors.put(TrainingFile.WEIGHTS + name, tensor));
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, source.topology(), EPSILON);
        metadata.put(TrainingFile.RESULT, TrainingFile.RESULT_NEWEST);
        Path file = folder.resolve("checkpoint.safetensors");
        AtomicFile.write(file, new Safetensors(new Weights(tensors), metadata)::write);
        return file;
    }
}
