package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.merge.Receipt;
import dev.repsr.merge.TrainingFile;
import dev.repsr.train.engine.TrainingDiverged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of other blocks, phases, losses and beginnings than the usual ones. */
class TrainVariantsTest {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        config = SmallRun.prepare(folder);
    }

    private static List<String> phases(int batch, int frozen) {
        List<String> phases = new ArrayList<>(Collections.nCopies(batch, "batch"));
        phases.addAll(Collections.nCopies(frozen, "frozen"));
        return phases;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stoppingInsideTheReestimationLosesNoBatchOfIt(long stopAt) throws Exception {
        Path whole = folder.resolve("whole");
        new TrainRun(SmallRun.config(config, whole), new RecordingListener()).run(false);
        Path parts = folder.resolve("parts");

        TrainRun[] first = new TrainRun[1];
        RecordingListener before = new RecordingListener(iteration -> {}, batches -> {
            if (batches == stopAt) {
                first[0].stop();
            }
        });
        first[0] = new TrainRun(SmallRun.config(config, parts), before);
        assertThat(first[0].run(false)).isEmpty();
        RecordingListener after = new RecordingListener();
        new TrainRun(SmallRun.config(config, parts), after).run(true);

        assertThat(before.phases).hasSize(6);
        assertThat(before.estimated + after.estimated).isEqualTo(3);
        assertThat(Safetensors.read(SmallRun.newestCheckpoint(parts)))
                .isEqualTo(Safetensors.read(SmallRun.newestCheckpoint(whole)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bn.mode=never",
                "bn.mode=never bn.form=branches",
                "bn.mode=batch",
                "bn.form=branches",
                "bn.fold=false",
                "precision=bf16",
                "network.block=ecb network.ends=true network.residual=false",
                "network.block=repvgg network.base=true",
                "network.sequence=1-3-1 network.residual=false network.paths=1",
                "optimiser.algorithm=adamw optimiser.weight_decay=0.01 optimiser.clip=0.5 optimiser.accumulate=2"
                        + " optimiser.decay=multistep optimiser.milestones=[4,8]",
                "optimiser.algorithm=muon optimiser.weight_decay=0.01",
                "optimiser.loss=charbonnier optimiser.fft_weight=0.1 optimiser.finish_share=0.25"
            })
    void everyVariantEndsWithAProvedModelAndGoesOnToTheSameBits(String overrides) throws Exception {
        String[] variant = overrides.split(" ");
        Path whole = folder.resolve("whole");
        RecordingListener listener = new RecordingListener();
        TrainResult result = new TrainRun(SmallRun.config(config, whole, variant), listener)
                .run(false)
                .orElseThrow();
        assertThat(result.receipt().maxDifference()).isLessThan(Receipt.MAX_DIFFERENCE);
        assertThat(listener.phases)
                .containsExactlyElementsOf(
                        overrides.contains("never") || overrides.contains("ecb")
                                ? phases(0, 12)
                                : overrides.contains("mode=batch") ? phases(12, 0) : phases(6, 6));

        Path parts = folder.resolve("parts");
        TrainRun[] first = new TrainRun[1];
        first[0] = new TrainRun(SmallRun.config(config, parts, variant), new RecordingListener(iteration -> {
            if (iteration == 7) {
                first[0].stop();
            }
        }));
        assertThat(first[0].run(false)).isEmpty();
        new TrainRun(SmallRun.config(config, parts, variant), new RecordingListener()).run(true);
        assertThat(parts.resolve("small.safetensors")).hasSameBinaryContentAs(whole.resolve("small.safetensors"));
    }

    /** Squared errors of sixteen layers without normalisation, at a rate of 1, are beyond float with the second step. */
    @Test
    void aLossThatIsNotFiniteEndsTheRunNamesTheBatchAndLeavesTheCheckpoint() throws Exception {
        Path output = folder.resolve("run");
        String[] wild = {
            "network.body=16",
            "optimiser.loss=mse",
            "bn.mode=never",
            "optimiser.rate=1",
            "optimiser.warmup=0",
            "checkpoint.every=1"
        };

        assertThatThrownBy(
                        () -> new TrainRun(SmallRun.config(config, output, wild), new RecordingListener()).run(false))
                .isInstanceOf(TrainingDiverged.class)
                .hasMessageMatching(
                        "the (loss|gradient) is \\S+ at step 2, batch 1 of the run \\(from 0, seed 3\\); .*");
        assertThat(SmallRun.newestCheckpoint(output)).hasFileName("checkpoint-000000001.safetensors");
        assertThat(TrainingFile.read(SmallRun.newestCheckpoint(output))
                        .network()
                        .topology()
                        .body())
                .isEqualTo(16);
        assertThat(output.resolve("small.safetensors")).doesNotExist();
    }

    /** At a rate of nearly nothing, what comes out is what the run began with. */
    @Test
    void aRunGoesOnFromAMergedNetworkWithNewBranches() throws Exception {
        Path begun = folder.resolve("begun");
        new TrainRun(SmallRun.config(config, begun), new RecordingListener()).run(false);
        Path model = begun.resolve("small.safetensors");
        Path output = folder.resolve("on");

        TrainResult result = new TrainRun(
                        SmallRun.config(
                                config,
                                output,
                                "start.from=" + model,
                                "network.base=true",
                                "optimiser.rate=1e-12",
                                "optimiser.final_rate=0"),
                        new RecordingListener())
                .run(false)
                .orElseThrow();

        float[] expected =
                ModelFile.open(model).network().weights().get("body.2.weight").toArray();
        assertThat(ModelFile.open(result.model())
                        .network()
                        .weights()
                        .get("body.2.weight")
                        .toArray())
                .containsExactly(expected, within(1e-6f));
    }
}
