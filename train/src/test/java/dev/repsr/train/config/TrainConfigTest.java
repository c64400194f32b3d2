package dev.repsr.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.config.TrainConfig.Algorithm;
import dev.repsr.train.config.TrainConfig.Decay;
import dev.repsr.train.config.TrainConfig.Degradation;
import dev.repsr.train.config.TrainConfig.Form;
import dev.repsr.train.config.TrainConfig.Loss;
import dev.repsr.train.config.TrainConfig.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainConfigTest extends ConfigTexts {
    @Test
    void everyKeyOfAFullFileArrives() throws IOException {
        TrainConfig config = read("""
                name: full-1
                output: out/full
                seed: -7
                scale: 3
                network:
                  body: 11
                  channels: 64
                  block: plain
                  expand: 3
                  paths: 1
                  sequence: 1-3
                  residual: false
                  ends: true
                  base: false
                data:
                  train:
                    - one
                    - two words
                  patch: 48
                  batch: 8
                  augment: false
                  permute_colours: true
                  degradation: bicubic
                  lr: [small, small two]
                  memory_mib: 300
                photo:
                  order: 1
                  blur: 2.5
                  noise: 20
                  poisson: 1
                  quality: 40
                  shrink: 0.5
                  enlarge: 1.25
                  ringing: 0
                optimiser:
                  iterations: 1000
                  rate: 5.0e-4
                  final_rate: 1e-6
                  warmup: 10
                  decay: Constant
                  milestones: [100, 200]
                  factor: 0.3
                  algorithm: adamw
                  weight_decay: 0.01
                  clip: 1
                  accumulate: 2
                  beta1: 0.8
                  beta2: 0
                  loss: L1
                  finish: psnr
                  finish_share: 0.25
                  luma_weight: 0.5
                  colours: differences
                  colours_share: 0.75
                  fft_weight: 0.05
                  ema: 0
                bn:
                  mode: batch
                  form: branches
                  batch_share: 1
                  reestimate_batches: 5
                  momentum: 0.2
                  epsilon: 0.001
                validation:
                  sets: [set5, /set14]
                  every: 50
                  hold_out: 7
                checkpoint:
                  every: 25
                  keep: 4
                start:
                  from: models/a.safetensors
                precision: bf16
                device: cuda
                engine: torch
                threads: 2
                model:
                  licence: 1.0
                  data_set: "Photos: mine, #1"
                """);

        assertThat(config.name()).isEqualTo("full-1");
        assertThat(config.output()).isEqualTo(folder.resolve("out/full"));
        assertThat(config.seed()).isEqualTo(-7);
        assertThat(config.scale()).isEqualTo(3);
        assertThat(config.network())
                .isEqualTo(new TrainConfig.Network(11, 64, BlockKind.PLAIN, 3, 1, "1-3", false, true, false));
        assertThat(config.data())
                .isEqualTo(new TrainConfig.Data(
                        List.of(folder.resolve("one"), folder.resolve("two words")),
                        48,
                        8,
                        false,
                        true,
                        Degradation.BICUBIC,
                        List.of(folder.resolve("small"), folder.resolve("small two")),
                        300));
        assertThat(config.photo()).isEqualTo(new TrainConfig.Photo(1, 2.5, 20, 1, 40, 0.5, 1.25, 0, 0, 0));
        assertThat(config.optimiser())
                .isEqualTo(new Optimiser(
                        1000,
                        5e-4,
                        1e-6,
                        10,
                        Decay.CONSTANT,
                        List.of(100L, 200L),
                        0.3,
                        Algorithm.ADAMW,
                        0.01,
                        1,
                        2,
                        0.8,
                        0,
                        Loss.L1,
                        Loss.PSNR,
                        0.25,
                        0.5,
                        Colours.DIFFERENCES,
                        0.75,
                        0.05,
                        0));
        assertThat(config.bn()).isEqualTo(new TrainConfig.Bn(Mode.BATCH, Form.BRANCHES, 1, 5, 0.2, 0.001, true));
        assertThat(config.validation())
                .isEqualTo(new TrainConfig.Validation(
                        List.of(folder.resolve("set5"), Path.of("/set14").toAbsolutePath()), 50, 7));
        assertThat(config.checkpoint()).isEqualTo(new TrainConfig.Checkpoint(25, 4));
        assertThat(config.start().given()).contains(folder.resolve("models/a.safetensors"));
        assertThat(config.precision()).isEqualTo(TrainConfig.Precision.BF16);
        assertThat(config.device()).isEqualTo(TrainConfig.Device.CUDA);
        assertThat(config.engine()).isEqualTo(TrainConfig.Engine.TORCH);
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.model()).isEqualTo(new TrainConfig.Model("1.0", "Photos: mine, #1"));
    }

    @Test
    void nameScaleAndPicturesAreEnough() throws IOException {
        TrainConfig config = read(MINIMAL);

        assertThat(config.output()).isEqualTo(Path.of("runs", "tiny"));
        assertThat(config.seed()).isEqualTo(1);
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.network())
                .isEqualTo(new TrainConfig.Network(4, 16, BlockKind.REPSR, 2, 2, "3-1", true, false, false));
        assertThat(config.data())
                .isEqualTo(new TrainConfig.Data(
                        List.of(folder.resolve("hr")), 32, 16, true, false, Degradation.BICUBIC, List.of(), 0));
        assertThat(config.photo()).isEqualTo(new TrainConfig.Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8, 0, 0));
        assertThat(config.optimiser())
                .isEqualTo(new Optimiser(
                        60_000,
                        1e-3,
                        1e-5,
                        200,
                        Decay.COSINE,
                        List.of(),
                        0.5,
                        Algorithm.ADAM,
                        0,
                        0,
                        1,
                        0.9,
                        0.999,
                        Loss.L1,
                        Loss.MSE,
                        0,
                        0,
                        Colours.RGB,
                        1,
                        0,
                        0.999));
        assertThat(config.bn()).isEqualTo(new TrainConfig.Bn(Mode.FROZEN, Form.MERGED, 0.3, 200, 0.1, 1e-5, true));
        assertThat(config.start().given()).isEmpty();
        assertThat(config.precision()).isEqualTo(TrainConfig.Precision.FP32);
        assertThat(config.device()).isEqualTo(TrainConfig.Device.CPU);
        assertThat(config.engine()).isEqualTo(TrainConfig.Engine.AUTO);
        assertThat(config.validation()).isEqualTo(new TrainConfig.Validation(List.of(), 2000, 0));
        assertThat(config.checkpoint()).isEqualTo(new TrainConfig.Checkpoint(1000, 3));
    }

    @Test
    void namesThatLookLikeNumbersStayAsTheyAreWritten() throws IOException {
        TrainConfig config = read("name: 007\nscale: 2\ndata: {train: [2024.10, 1e3]}\nmodel: {licence: 1.10}\n");

        assertThat(config.name()).isEqualTo("007");
        assertThat(config.data().train()).containsExactly(folder.resolve("2024.10"), folder.resolve("1e3"));
        assertThat(config.model().licence()).isEqualTo("1.10");
    }

    @Test
    void numbersMayHaveSignPointAndExponent() throws IOException {
        TrainConfig config =
                read(MINIMAL + "seed: -10\noptimiser: {rate: 1e-3, final_rate: 1.0E-4, beta1: 0.5, ema: 0}\n");

        assertThat(config.seed()).isEqualTo(-10);
        assertThat(config.optimiser().rate()).isEqualTo(1e-3);
        assertThat(config.optimiser().finalRate()).isEqualTo(1e-4);
        assertThat(config.optimiser().beta1()).isEqualTo(0.5);
        assertThat(config.optimiser().ema()).isZero();
    }

    @Test
    void anEmptySectionMeansItsDefaults() throws IOException {
        assertThat(read(MINIMAL + "optimiser:\nbn: {}\n").optimiser())
                .isEqualTo(read(MINIMAL).optimiser());
    }

    static Stream<Path> recipes() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.isDirectory(root.resolve("models"))) {
            root = root.getParent();
        }
        try (Stream<Path> files = Files.walk(root.resolve("models"))) {
            return files.filter(file -> file.getFileName().toString().equals("recipe.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theRecipesOfTheBuiltInNetworksAreReadAndNameTheirNetwork(Path recipe) throws IOException {
        TrainConfig config = TrainConfig.read(recipe, List.of());

        assertThat(recipe.getParent()).hasFileName(config.name());
        assertThat(config.name()).endsWith("-x" + config.scale());
        assertThat(config.name())
                .contains(
                        "-m" + config.network().body() + "c" + config.network().channels());
        assertThat(config.model().licence()).isNotEqualTo("unspecified");
        assertThat(config.data().train()).allMatch(Path::isAbsolute);
    }

    @Test
    void foldersInTheFileAreRelativeToTheFileAndThoseInOverridesToTheWorkingDirectory() throws IOException {
        String yaml = "name: a\nscale: 2\noutput: ../out\ndata: {train: ./x/../pictures}\nvalidation: {sets: set}\n";

        assertThat(read(yaml).output()).isEqualTo(folder.resolveSibling("out"));
        assertThat(read(yaml).data().train()).containsExactly(folder.resolve("pictures"));
        assertThat(read(yaml).validation().sets()).containsExactly(folder.resolve("set"));

        TrainConfig moved = read(yaml, "output=out", "data.train=[a, b]", "validation.sets=[]");
        assertThat(moved.output()).isEqualTo(Path.of("out").toAbsolutePath());
        assertThat(moved.data().train())
                .containsExactly(Path.of("a").toAbsolutePath(), Path.of("b").toAbsolutePath());
        assertThat(moved.validation().sets()).isEmpty();
    }

    @Test
    void overridesReplaceTheFileAndTheLastOneWins() throws IOException {
        TrainConfig config = read(
                MINIMAL,
                "seed=5",
                "optimiser.iterations=300",
                "seed=6",
                "network.block=plain",
                "name=other",
                "model.data_set=Photos, mine {all}",
                " threads = 2",
                "data.train=/a=b");

        assertThat(config.seed()).isEqualTo(6);
        assertThat(config.optimiser().iterations()).isEqualTo(300);
        assertThat(config.network().block()).isEqualTo(BlockKind.PLAIN);
        assertThat(config.name()).isEqualTo("other");
        assertThat(config.output()).isEqualTo(Path.of("runs", "other"));
        assertThat(config.model().dataSet()).isEqualTo("Photos, mine {all}");
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.data().train()).containsExactly(Path.of("/a=b").toAbsolutePath());
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws IOException {
        assertThat(read("\uFEFF" + MINIMAL.replace("\n", "\r\n"))).isEqualTo(read(MINIMAL));
    }

    @Test
    void theHashStaysWhenFoldersAndNamesChange() throws IOException {
        String hash = read(MINIMAL).configHash();

        assertThat(hash).matches("[0-9a-f]{64}");
        Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve("other.yaml");
        Files.writeString(moved, MINIMAL);
        assertThat(TrainConfig.read(moved, List.of()).configHash()).isEqualTo(hash);
        assertThat(read(
                                MINIMAL,
                                "name=b",
                                "output=x",
                                "data.train=[y, z]",
                                "validation.every=1",
                                "checkpoint.keep=1",
                                "model.licence=MIT",
                                "engine=torch")
                        .configHash())
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "seed=2",
        "threads=2",
        "scale=3",
        "optimiser.iterations=60001",
        "optimiser.rate=0.0010001",
        "optimiser.decay=constant",
        "optimiser.finish_share=0.1",
        "optimiser.loss=psnr",
        "optimiser.luma_weight=0.5",
        "optimiser.fft_weight=0.1",
        "optimiser.algorithm=adamw",
        "optimiser.algorithm=muon",
        "optimiser.clip=1",
        "optimiser.accumulate=2",
        "network.sequence=3",
        "network.ends=true",
        "network.base=true",
        "bn.mode=never",
        "bn.form=branches",
        "precision=bf16",
        "device=cuda",
        "network.body=5",
        "network.block=plain",
        "data.patch=33",
        "data.augment=false",
        "data.permute_colours=true",
        "data.degradation=photo",
        "bn.batch_share=0.31"
    })
    void theHashChangesWithEverythingThatChangesTheWeights(String override) throws IOException {
        assertThat(read(MINIMAL, override).configHash())
                .isNotEqualTo(read(MINIMAL).configHash());
    }

    @Test
    void keysThatCameLaterLeaveTheTextOfAnOlderConfigurationAsItWas() throws IOException {
        assertThat(read(MINIMAL).canonicalText()).doesNotContain("degradation", "photo", "memory", "optimiser.colours");
        assertThat(read(MINIMAL, "optimiser.luma_weight=0.6", "optimiser.colours=differences")
                        .canonicalText()
                        .lines())
                .contains("optimiser.colours=DIFFERENCES");
        assertThat(read(MINIMAL, "photo.blur=1").configHash())
                .isEqualTo(read(MINIMAL).configHash());
        assertThat(read(MINIMAL, "data.degradation=photo").canonicalText().lines())
                .contains("data.degradation=PHOTO", "photo.order=2", "photo.ringing=0.8");
        assertThat(read(MINIMAL, "data.degradation=photo", "photo.blur=1").configHash())
                .isNotEqualTo(read(MINIMAL, "data.degradation=photo").configHash());
    }

    @Test
    void theCanonicalTextListsEachDecidingValueOnce() throws IOException {
        assertThat(read(MINIMAL).canonicalText().lines())
                .containsSequence("seed=1", "scale=2", "network.body=4")
                .contains("optimiser.final_rate=1.0E-5", "threads=1")
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.startsWith("name=") || line.startsWith("data.train="));
    }

    @Test
    void theFinishHasItsShareAtTheEnd() throws IOException {
        assertThat(read(MINIMAL).lossAt(59_999)).isEqualTo(Loss.L1);
        TrainConfig finishing = read(MINIMAL, "optimiser.finish=psnr", "optimiser.finish_share=0.2");
        assertThat(finishing.lossAt(47_999)).isEqualTo(Loss.L1);
        assertThat(finishing.lossAt(48_000)).isEqualTo(Loss.PSNR);
        assertThat(read(MINIMAL, "optimiser.finish_share=1").lossAt(0)).isEqualTo(Loss.MSE);
    }

    @Test
    void differencesOfTheColoursHaveTheirShareAtTheBeginning() throws IOException {
        TrainConfig config = read(MINIMAL, "optimiser.luma_weight=0.5", "optimiser.colours=differences");
        assertThat(config.coloursAt(59_999)).isEqualTo(Colours.DIFFERENCES);
        TrainConfig first = read(
                MINIMAL, "optimiser.luma_weight=0.5", "optimiser.colours=differences", "optimiser.colours_share=0.2");
        assertThat(first.coloursAt(11_999)).isEqualTo(Colours.DIFFERENCES);
        assertThat(first.coloursAt(12_000)).isEqualTo(Colours.RGB);
        assertThat(first.configHash()).isNotEqualTo(config.configHash());
    }

    @Test
    void theDifferenceOfTheSpectraIsLeftOutOfTheFinish() throws IOException {
        TrainConfig config = read(MINIMAL, "optimiser.fft_weight=0.1", "optimiser.finish_share=0.2");
        assertThat(config.fftWeightAt(47_999)).isEqualTo(0.1);
        assertThat(config.fftWeightAt(48_000)).isZero();
    }

    @Test
    void theModeSaysHowLongStatisticsAreThoseOfTheBatch() throws IOException {
        assertThat(read(MINIMAL, "bn.mode=batch").batchStatisticsIterations()).isEqualTo(60_000);
        assertThat(read(MINIMAL, "bn.mode=never").batchStatisticsIterations()).isZero();
        assertThat(read(MINIMAL, "network.block=dbb").batchStatisticsIterations())
                .isEqualTo(18_000);
        assertThat(read(MINIMAL, "network.block=ecb", "bn.mode=batch").batchStatisticsIterations())
                .isZero();
    }

    @Test
    void plainNetworksNeverUseBatchStatistics() throws IOException {
        assertThat(read(MINIMAL).batchStatisticsIterations()).isEqualTo(18_000);
        assertThat(read(MINIMAL, "network.block=plain").batchStatisticsIterations())
                .isZero();
    }
}
