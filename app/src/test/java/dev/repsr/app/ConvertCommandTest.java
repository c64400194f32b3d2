package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestModels;
import dev.repsr.format.ModelFile;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"x2.safetensors", "x2.pth", "x2.pt", "x2.onnx", "x2.param"})
    void writesEveryFormatAndTheResultUpscales(String name) throws IOException {
        Path out = folder.resolve(name);

        Run run = Run.of("convert", "repsr-m4c16-x2", out, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        assertThat(line.get("output")).isEqualTo(out.toString());
        assertThat(line.get("precision")).isEqualTo("fp32");
        assertThat(line.get("max_difference")).isEqualTo(0.0);
        assertThat(ModelFile.open(out).network())
                .isEqualTo(Models.open("repsr-m4c16-x2").network());
    }

    @Test
    void halvesSayWhatTheyChange() {
        Run run = Run.of("convert", "repsr-m4c16-x2", folder.resolve("a.onnx"), "--fp16");

        assertThat(run.code()).isZero();
        assertThat(run.outText()).contains("fp16").containsPattern("largest difference [1-9]\\.\\d\\de-0[3-5]");
    }

    @Test
    void theNameThatIsGivenIsTheNameThatIsWritten() {
        Run run = Run.of("convert", "repsr-m4c16-x2", folder.resolve("mine.param"), "--json");

        assertThat(run.code()).isZero();
        assertThat(folder).isDirectoryContaining(named("mine.param")).isDirectoryContaining(named("mine.bin"));
        assertThat(folder).isDirectoryNotContaining(named("2x-mine.param"));
        assertThat(run.err()).contains("take this network for scale 4").contains("2x-mine.param");
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText());
        assertThat(line.get("output")).isEqualTo(folder.resolve("mine.param").toString());
    }

    @Test
    void aNameThatTellsAnotherScaleIsWrittenWithAWarning() {
        Run run = Run.of("convert", "repsr-m4c16-x4", folder.resolve("mine-x2.param"));

        assertThat(run.code()).isZero();
        assertThat(folder).isDirectoryContaining(named("mine-x2.param"));
        assertThat(run.err()).contains("take this network for scale 2").contains("without 2x, x2, 3x or x3");
    }

    @Test
    void aNameThatTellsTheScaleNeedsNoWarning() {
        assertThat(Run.of("convert", "repsr-m4c16-x2", folder.resolve("2x-mine.param"))
                        .err())
                .isEmpty();
        assertThat(Run.of("convert", "repsr-m4c16-x4", folder.resolve("mine.param"))
                        .err())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8})
    void aScaleThatNoNameTellsIsWrittenWithAWarning(int scale) throws IOException {
        Path model = TestModels.writeNearest(folder, scale);

        Run run = Run.of("convert", model, folder.resolve("mine.param"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("take this network for scale 4").contains("it has scale " + scale);
    }

    @Test
    void inAFolderTheFileIsNamedAsTheModelAndForUpscayl() throws IOException {
        Path model = folder.resolve("mine.pth");
        Path models = Files.createDirectory(folder.resolve("models"));
        assertThat(Run.of("convert", "repsr-m4c16-x2", model).code()).isZero();

        assertThat(Run.of("convert", model, models, "-f", "ncnn").err()).isEmpty();
        assertThat(Run.of("convert", model, models, "-f", "onnx").code()).isZero();
        assertThat(Run.of("convert", "repsr-m4c16-x3", models, "-f", "NCNN").code())
                .isZero();

        assertThat(models)
                .isDirectoryContaining(named("2x-mine.param"))
                .isDirectoryContaining(named("2x-mine.bin"))
                .isDirectoryContaining(named("mine.onnx"))
                .isDirectoryContaining(named("repsr-m4c16-x3.param"));
    }

    @Test
    void theFormatIsNeitherMissingNorContradicted() {
        Run folderAlone = Run.of("convert", "repsr-m4c16-x2", folder);

        assertThat(folderAlone.code()).isEqualTo(2);
        assertThat(folderAlone.err()).contains("-f safetensors, pth, onnx or ncnn");
        assertThat(Run.of("convert", "repsr-m4c16-x2", folder.resolve("a.onnx"), "-f", "pth")
                        .code())
                .isEqualTo(2);
        assertThat(Run.of("convert", "repsr-m4c16-x2", folder.resolve("a.onnx"), "-f", "onnx")
                        .code())
                .isZero();
        assertThat(Run.of("convert", "repsr-m4c16-x2", folder, "--format", "tflite")
                        .err())
                .contains("'tflite' is no format");
        assertThat(Run.of("convert", "repsr-m4c16-x2", folder.resolve("none"), "-f", "pth")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void theCardDescribesTheFileThatWasWritten() throws IOException {
        Path out = folder.resolve("net.pth");

        assertThat(Run.of("convert", "repsr-m4c16-x4", out, "--card").code()).isZero();

        Map<?, ?> card = (Map<?, ?>) JsonLines.parse(Files.readString(folder.resolve("net.json")));
        assertThat(card.get("architecture")).isEqualTo("compact");
        assertThat(card.get("size")).isEqualTo(List.of("16nf", "4nc"));
        assertThat(card.get("scale")).isEqualTo(4);
        assertThat(card.get("license")).isEqualTo("Apache-2.0");
        Map<?, ?> resource = (Map<?, ?>) ((List<?>) Objects.requireNonNull(card.get("resources"))).getFirst();
        assertThat(resource.get("type")).isEqualTo("pth");
        assertThat(resource.get("sha256")).isEqualTo(Sha256.hex(out));
        assertThat(((Number) Objects.requireNonNull(resource.get("size"))).longValue())
                .isEqualTo(Files.size(out));
    }

    @Test
    void wrongNamesAndFilesHaveTheirExitCodes() throws IOException {
        Path model = TestModels.writeNearest(folder, 2);
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");

        assertThat(Run.of("convert", model, folder.resolve("a.tflite")).code()).isEqualTo(2);
        assertThat(Run.of("convert", model).code()).isEqualTo(2);
        assertThat(Run.of("convert", "repsr-m4c16-x99", folder.resolve("a.onnx"))
                        .code())
                .isEqualTo(2);
        assertThat(Run.of("convert", text, folder.resolve("a.pth")).code()).isEqualTo(3);
        assertThat(Run.of("convert", folder.resolve("none.pth"), folder.resolve("a.pth"))
                        .code())
                .isEqualTo(3);
        assertThat(Run.of("convert", model, folder.resolve("none/a.pth")).code())
                .isEqualTo(1);
        assertThat(folder.resolve("a.pth")).doesNotExist();
    }

    @Test
    void infoShowsEveryField() {
        Path out = folder.resolve("half.pth");
        Run.of("convert", "repsr-m4c16-x2", out, "--fp16", "-q");

        Map<?, ?> info = (Map<?, ?>)
                JsonLines.parse(Run.of("models", "info", out, "--json").outText());

        assertThat(info.get("format")).isEqualTo("pth");
        assertThat(info.get("precision")).isEqualTo("fp16");
        assertThat(info.get("architecture")).isEqualTo("compact");
        assertThat(info.get("size")).isEqualTo("M4C16");
        assertThat(info.get("scale")).isEqualTo(2);
        assertThat(info.get("parameters")).isEqualTo(11_548);
        assertThat(info.get("receptive_field")).isEqualTo(13);
        assertThat((Double) info.get("gflop_per_megapixel")).isBetween(22.0, 23.0);
        assertThat((Double) info.get("seconds_per_megapixel")).isPositive();
        assertThat((String) info.get("sha256")).hasSize(64);
        assertThat(info.get("licence")).isEqualTo("Apache-2.0");
        assertThat((String) info.get("recipe")).contains("optimiser.iterations=");
        assertThat((Map<?, ?>) info.get("receipt")).extracting("max_difference").isNotNull();
    }

    @Test
    void infoSaysWhatAFileDoesNotState() throws IOException {
        Run run = Run.of("models", "info", TestModels.writeNearest(folder, 2));

        assertThat(run.outText())
                .contains("licence: not stated in the file")
                .contains("receipt: not stated in the file");
    }

    private static Predicate<Path> named(String name) {
        return file -> file.endsWith(name);
    }
}
