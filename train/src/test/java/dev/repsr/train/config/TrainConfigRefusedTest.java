package dev.repsr.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong configuration gets one sentence that says where and what. */
class TrainConfigRefusedTest extends ConfigTexts {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            optimizer: {rate: 1}           | recipe.yaml, line 4: unknown key 'optimizer'; did you mean 'optimiser'?
            optimiser: {iteratons: 9}      | recipe.yaml, line 4: unknown key 'optimiser.iteratons'; did you mean 'optimiser.iterations'?
            iteratons: 9                   | recipe.yaml, line 4: unknown key 'iteratons'; did you mean 'optimiser.iterations'?
            patch: 9                       | recipe.yaml, line 4: unknown key 'patch'; did you mean 'data.patch'?
            bn: {batchShare: 1}            | recipe.yaml, line 4: unknown key 'bn.batchShare'; did you mean 'bn.batch_share'?
            gpu: true                      | recipe.yaml, line 4: unknown key 'gpu'
            scale: 3                       | recipe.yaml, line 4: 'scale' stands there twice, first in line 2
            data: {patch: 8}               | recipe.yaml, line 4: 'data' stands there twice, first in line 3
            network: {body: 1, body: 2}    | recipe.yaml, line 4: 'network.body' stands there twice, first in line 4
            network: 4                     | recipe.yaml, line 4: 'network' is a section; its keys go indented below it
            network: [4]                   | recipe.yaml, line 4: 'network' is a section; its keys go indented below it
            seed: {a: 1}                   | recipe.yaml, line 4: seed has keys or lists inside; it must be a whole number
            validation: {sets: [[a]]}      | recipe.yaml, line 4: validation.sets has keys or lists inside; it must be a list of folders
            """)
    void aKeyThatIsNotRightIsRefusedWithItsLine(String line, String message) throws IOException {
        ConfigRefused refused = refusal(MINIMAL + line + "\n");

        assertThat(refused).hasMessage(message);
        assertThat(refused.kind()).isEqualTo(Kind.USAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            seed: two                         | seed is 'two'; it must be a whole number
            seed: 1.5                         | seed is 1.5; it must be a whole number
            seed: '1'                         | seed is '1'; it must be a whole number
            seed: true                        | seed is true; it must be a whole number
            seed: [1]                         | seed is [1]; it must be a whole number
            seed: 0x10                        | seed is '0x10'; it must be a whole number
            seed: 010                         | seed is '010'; it must be a whole number
            seed: -010                        | seed is '-010'; it must be a whole number
            seed: 1_000                       | seed is '1_000'; it must be a whole number
            optimiser: {rate: .5}             | optimiser.rate is '.5'; it must be a number
            optimiser: {rate: 1.2.3}          | optimiser.rate is '1.2.3'; it must be a number
            seed:                             | seed is empty; it must be a whole number
            seed: 9223372036854775808         | seed is 9223372036854775808; it must be a whole number from -9223372036854775808 to 9223372036854775807
            threads: 4294967297               | threads is 4294967297; it must be a whole number from -2147483648 to 2147483647
            optimiser: {rate: fast}           | optimiser.rate is 'fast'; it must be a number
            optimiser: {rate: ~}              | optimiser.rate is empty; it must be a number
            optimiser: {iterations: 1.0e4}    | optimiser.iterations is 10000.0; it must be a whole number
            optimiser: {decay: linear}        | optimiser.decay is 'linear'; it must be cosine or constant or multistep
            optimiser: {decay: 1}             | optimiser.decay is 1; it must be cosine or constant or multistep
            optimiser: {decay: ''}            | optimiser.decay is ''; it must be cosine or constant or multistep
            optimiser: {decay: }              | optimiser.decay is empty; it must be cosine or constant or multistep
            network: {block: null}            | network.block is empty; it must be repsr or plain or identity or repvgg or acb or dbb or ecb or conv3xc
            network: {sequence: 3}            |
            bn: {mode: always}                | bn.mode is 'always'; it must be never or batch or frozen
            bn: {form: both}                  | bn.form is 'both'; it must be branches or merged
            precision: fp16                   | precision is 'fp16'; it must be fp32 or bf16
            device: gpu                       | device is 'gpu'; it must be cpu or cuda
            engine: libtorch                  | engine is 'libtorch'; it must be auto or java or torch
            optimiser: {milestones: [a]}      | optimiser.milestones is ["a"]; it must be a list of whole numbers
            optimiser: {milestones: [1.5]}    | optimiser.milestones is [1.5]; it must be a list of whole numbers
            start: {from: }                   | start.from is empty; it must be a model file, a built-in model or none
            start: {from: [a, b]}             | start.from is ["a","b"]; it must be a model file, a built-in model or none
            model: {licence: }                | model.licence is empty; it must be text
            model: {licence: true}            | model.licence is true; it must be text
            model: {licence: [MIT]}           | model.licence is ["MIT"]; it must be text
            output: true                      | output is true; it must be a folder
            output: ''                        | output is ''; it must be a folder
            output:                           | output is empty; it must be a folder
            output: [a]                       | output is ["a"]; it must be a folder
            validation: {sets: [a, ]}         |
            validation: {sets: [a, ~]}        | validation.sets is empty; it must be a list of folders
            validation: {sets: true}          | validation.sets is true; it must be a list of folders
            """)
    void aValueOfTheWrongTypeIsRefusedWithLineKeyAndWhatItMustBe(String line, String message) throws IOException {
        if (message == null) {
            TrainConfig config = read(MINIMAL + line);
            assertThat(config.validation().sets().equals(List.of(folder.resolve("a")))
                            ^ config.network().sequence().equals("3"))
                    .isTrue();
            return;
        }
        ConfigRefused refused = refusal(MINIMAL + line + "\n");

        assertThat(refused).hasMessage("recipe.yaml, line 4: " + message);
        assertThat(refused.kind()).isEqualTo(Kind.USAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            threads: 0                              | threads is 0; allowed is 1 to 256
            threads: 257                            | threads is 257; allowed is 1 to 256
            network: {body: 0}                      | network.body is 0; allowed is 1 to 64
            network: {channels: 513}                | network.channels is 513; allowed is 1 to 512
            network: {expand: 9}                    | network.expand is 9; allowed is 1 to 8
            network: {paths: 0}                     | network.paths is 0; allowed is 1 to 8
            optimiser: {iterations: 0}              | optimiser.iterations is 0; allowed is 1 to 100000000
            optimiser: {rate: 0}                    | optimiser.rate is 0.0; allowed is 1.0E-12 to 1.0
            optimiser: {rate: .nan}                 | optimiser.rate is NaN; allowed is 1.0E-12 to 1.0
            optimiser: {rate: .inf}                 | optimiser.rate is Infinity; allowed is 1.0E-12 to 1.0
            optimiser: {final_rate: 0.5}            | optimiser.final_rate is 0.5; allowed is 0.0 to optimiser.rate, here 0.001
            optimiser: {warmup: 60001}              | optimiser.warmup is 60001; allowed is 0 to optimiser.iterations, here 60000
            network: {sequence: 3-3}                | network.sequence is '3-3'; allowed is 3-1 or 1-3 or 1-3-1 or 3
            network: {block: plain, base: true}     | network.base is true; allowed is false where network.block is plain or identity
            optimiser: {decay: multistep}           | optimiser.decay is multistep; allowed is that only where optimiser.milestones names iterations
            optimiser: {milestones: [5, 5]}         | optimiser.milestones is [5, 5]; allowed is 1 to optimiser.iterations, here 60000, in ascending order
            optimiser: {milestones: 60001}          | optimiser.milestones is [60001]; allowed is 1 to optimiser.iterations, here 60000, in ascending order
            optimiser: {factor: 0}                  | optimiser.factor is 0.0; allowed is 1.0E-6 to 1.0
            optimiser: {colours: differences}       | optimiser.colours is differences; allowed is rgb where optimiser.luma_weight is 0
            optimiser: {colours_share: 2}           | optimiser.colours_share is 2.0; allowed is 0.0 to 1.0
            optimiser: {weight_decay: 0.1}          | optimiser.weight_decay is 0.1; allowed is 0 where optimiser.algorithm is adam
            optimiser: {clip: -1}                   | optimiser.clip is -1.0; allowed is 0.0 to 1000000.0
            optimiser: {accumulate: 0}              | optimiser.accumulate is 0; allowed is 1 to 1024
            optimiser: {fft_weight: -1}             | optimiser.fft_weight is -1.0; allowed is 0.0 to 1000.0
            optimiser: {beta1: 1}                   | optimiser.beta1 is 1.0; allowed is 0 or more and less than 1
            optimiser: {beta2: -0.1}                | optimiser.beta2 is -0.1; allowed is 0 or more and less than 1
            optimiser: {ema: 1}                     | optimiser.ema is 1.0; allowed is 0 or more and less than 1
            bn: {batch_share: 1.01}                 | bn.batch_share is 1.01; allowed is 0.0 to 1.0
            bn: {reestimate_batches: -1}            | bn.reestimate_batches is -1; allowed is 0 to 100000
            bn: {momentum: 0}                       | bn.momentum is 0.0; allowed is 1.0E-6 to 1.0
            bn: {epsilon: 0}                        | bn.epsilon is 0.0; allowed is 1.0E-8 to 0.1
            validation: {every: 0}                  | validation.every is 0; allowed is 1 to 100000000
            checkpoint: {every: 0}                  | checkpoint.every is 0; allowed is 1 to 100000000
            checkpoint: {keep: 0}                   | checkpoint.keep is 0; allowed is 1 to 1000
            """)
    void aValueOutOfItsRangeIsRefusedWithTheRange(String line, String message) throws IOException {
        ConfigRefused refused = refusal(MINIMAL + line + "\n");

        assertThat(refused).hasMessage("recipe.yaml, line 4: " + message);
        assertThat(refused.kind()).isEqualTo(Kind.USAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: Tiny, scale: 2, data: {train: hr}             | name is 'Tiny'; allowed is 1 to 64 of a-z, 0-9 and hyphens, no hyphen first
            name: ../x, scale: 2, data: {train: hr}             | name is '../x'; allowed is 1 to 64 of a-z, 0-9 and hyphens, no hyphen first
            name: a, scale: 9, data: {train: hr}                | scale is 9; allowed is 1 to 8
            name: a, scale: 2, data: {train: []}                | data.train is empty; allowed is one folder of pictures or more
            name: a, scale: 2, data: {train: hr, patch: 3}      | data.patch is 3; allowed is 4 to 1024
            name: a, scale: 2, data: {train: hr, batch: 4097}   | data.batch is 4097; allowed is 1 to 4096
            """)
    void theRequiredValuesHaveRangesToo(String keys, String message) throws IOException {
        assertThat(refusal("{" + keys + "}")).hasMessage("recipe.yaml, line 1: " + message);
    }

    @Test
    void aBatchThatNoMemoryHoldsIsRefusedWithTheLargestThatIsAllowed() throws IOException {
        assertThat(refusal("name: a\nscale: 8\ndata:\n  train: hr\n  patch: 1024\n  batch: 16\n"))
                .hasMessage("recipe.yaml, line 6: data.batch is 16 with a patch of 1024 at scale 8;"
                        + " allowed is what makes at most 2^28 values, here up to 1");
    }

    @Test
    void aDefaultThatDoesNotFitTheFileIsRefusedInTheNameOfTheFile() throws IOException {
        assertThat(refusal(MINIMAL + "optimiser: {iterations: 100}\n"))
                .hasMessage("recipe.yaml, by default: optimiser.warmup is 200;"
                        + " allowed is 0 to optimiser.iterations, here 100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scale: 2, data: {train: hr}     | recipe.yaml: 'name' is required and missing
            name: a, data: {train: hr}      | recipe.yaml: 'scale' is required and missing
            name: a, scale: 2               | recipe.yaml: 'data.train' (folders of pictures) is required and missing
            """)
    void aMissingKeyIsNamed(String keys, String message) throws IOException {
        assertThat(refusal("{" + keys + "}")).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"''", "'# nothing yet'", "'---'", "'   '", "'{}'", "'null'"})
    void anEmptyFileLacksItsFirstKey(String yaml) throws IOException {
        assertThat(refusal(yaml)).hasMessage("recipe.yaml: 'name' is required and missing");
    }

    @Test
    void whatIsNoYamlIsRefusedWithTheLine() throws IOException {
        assertThat(refusal("name: a\nscale: 2\ndata: {train: [hr\nseed: 1\n"))
                .message()
                .matches("recipe\\.yaml, line [3-5]: not valid YAML \\(.+\\)");
        assertThat(refusal("name: a\n\tscale: 2\n"))
                .message()
                .matches("recipe\\.yaml, line [12]: not valid YAML \\(.+\\)");
        assertThat(refusal("name: a: b\n")).message().startsWith("recipe.yaml, line 1: not valid YAML (");
        assertThat(refusal("just words\n"))
                .hasMessage("recipe.yaml, line 1: a configuration is made of lines 'key: value'");
        assertThat(refusal("- name: a\n"))
                .hasMessage("recipe.yaml, line 1: a configuration is made of lines 'key: value'");
        assertThat(refusal(MINIMAL + "---\n" + MINIMAL)).message().contains("a second YAML document");
    }

    @Test
    void aliasesAndMergeKeysAreRefused() throws IOException {
        assertThat(refusal("name: &n tiny\nscale: 2\ndata: {train: *n}\n"))
                .hasMessage("recipe.yaml, line 3: data.train is a YAML alias, which is not read here;"
                        + " write the value out");
        assertThat(refusal("name: &n tiny\nscale: 2\ndata: {train: [a, *n]}\n"))
                .message()
                .contains("data.train is a YAML alias");
        assertThat(refusal("name: a\nnetwork: &n {body: 2}\ndata: *n\n"))
                .hasMessage("recipe.yaml, line 3: data is a YAML alias, which is not read here; write the value out");
        assertThat(refusal(MINIMAL + "bn: &b {momentum: 0.1}\nmodel:\n  <<: *b\n"))
                .hasMessage("recipe.yaml, line 6: unknown key 'model.<<'");
    }

    @Test
    void aTextOfAnotherEncodingOrTooManyBytesIsRefused() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "name: f\u00e9e\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(ConfigRefused.class, () -> TrainConfig.read(file, List.of())))
                .hasMessage("latin.yaml: not a text file in UTF-8");
        assertThat(refusal("#".repeat((1 << 20) + 1)))
                .hasMessage("recipe.yaml: more than 1 MiB; a configuration is a small YAML file");
    }

    @Test
    void aFileThatIsMissingOrAFolderIsAProblemOfTheData() {
        Path missing = folder.resolve("none.yaml");
        ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> TrainConfig.read(missing, List.of()));
        assertThat(refused).hasMessage(missing + ": there is no such configuration file");
        assertThat(refused.kind()).isEqualTo(Kind.DATA);

        ConfigRefused directory = catchThrowableOfType(ConfigRefused.class, () -> TrainConfig.read(folder, List.of()));
        assertThat(directory).hasMessageStartingWith(folder + ": cannot be read (");
        assertThat(directory.kind()).isEqualTo(Kind.DATA);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            optimiser.iteratons=9       | unknown key 'optimiser.iteratons'; did you mean 'optimiser.iterations'?
            rate=1                      | unknown key 'rate'; did you mean 'optimiser.rate'?
            a.b.c=1                     | unknown key 'a.b.c'
            seed                        | must be key=value, as in optimiser.iterations=1000
            =1                          | must be key=value, as in optimiser.iterations=1000
            optimiser={rate: 1}         | 'optimiser' is a section; set one of its keys
            seed=x                      | seed is 'x'; it must be a whole number
            seed=                       | seed is empty; it must be a whole number
            threads=1000                | threads is 1000; allowed is 1 to 256
            """)
    void anOverrideThatIsNotRightIsRefusedAsItWasGiven(String override, String message) throws IOException {
        ConfigRefused refused = refusal(MINIMAL, "threads=2", override);

        assertThat(refused).hasMessage("--set " + override + ": " + message);
        assertThat(refused.kind()).isEqualTo(Kind.USAGE);
    }

    @Test
    void anOverrideSetsNoOtherKey() throws IOException {
        assertThat(refusal(MINIMAL, "network.body=1\n  channels: 3"))
                .message()
                .endsWith(": must set this one key; repeat --set for others");
        assertThat(refusal(MINIMAL, "seed=[1")).message().startsWith("--set seed=[1: not valid YAML (");
    }

    @Test
    void pairsNeedAFolderForEachAndNoDegradation() throws IOException {
        assertThat(refusal(MINIMAL, "data.lr=[a, b]"))
                .message()
                .endsWith("data.lr is a list of 2; allowed is one folder for each of data.train, here 1, or none");
        assertThat(refusal(MINIMAL, "data.lr=a", "data.degradation=photo"))
                .message()
                .contains("data.degradation is photo; allowed is bicubic");
    }
}
