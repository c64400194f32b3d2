package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bn", "blocks", "networks"})
    void everyStudyHasAHelpTextWithAnExampleThatFitsTheScreen(String study) {
        Run run = Run.of("study", study, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.outText()).contains("Usage: repsr study " + study, "  repsr study " + study, "--quick");
        assertThat(run.outText().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void whatIsNotAStudyIsWrongUsage() {
        assertThat(Run.of("study").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of("study", "bn", "config.yaml").err()).contains("-o");
        assertThat(Run.of("study", "bn", "config.yaml", "-o", folder, "--jobs", "0")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsMissingIsRefusedInOneSentence() throws IOException {
        Path config = config();
        Run none = Run.of("study", "blocks", folder.resolve("none.yaml"), "-o", folder.resolve("out"));
        assertThat(none.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(none.err()).hasLineCount(1);

        Run blind = Run.of("study", "bn", config, "-o", folder.resolve("out"), "--set", "validation.sets=[]");
        assertThat(blind.code()).isEqualTo(ExitCode.USAGE);
        assertThat(blind.err()).hasLineCount(1).contains("validation.hold_out");

        Run models = Run.of("study", "networks", config, "-o", folder.resolve("out"), "--models", folder.resolve("no"));
        assertThat(models.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(models.err()).hasLineCount(1).contains("there is no such folder of models");
    }

    @Test
    void networksAreMeasuredAndToldAsEvents() throws IOException {
        Path out = folder.resolve("out");
        Run run = Run.of("study", "networks", config(), "-o", out, "--quick", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        List<Map<?, ?>> events = run.outText()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) JsonLines.parse(line))
                .toList();
        assertThat(events)
                .extracting(event -> String.valueOf(event.get("event")))
                .contains("run");
        assertThat(events.getLast().get("event")).isEqualTo("done");
        assertThat(Path.of((String) events.getLast().get("report"))).exists();
    }

    private Path config() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Files.write(pictures.resolve("a.png"), TestPictures.encode(TestPictures.scene(48, 48), ImageType.PNG));
        Path config = folder.resolve("study.yaml");
        Files.writeString(config, "name: study\nscale: 2\ndata: {train: [pictures]}\nvalidation: {sets: [pictures]}\n");
        return config;
    }
}
