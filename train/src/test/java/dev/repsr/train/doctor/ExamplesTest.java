package dev.repsr.train.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that the documentation names. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachCanBeTrainedOnTheSampleAsItIs(Path example) throws IOException {
        TrainConfig config = TrainConfig.read(example, List.of("output=" + folder.resolve("run")));
        List<Finding> findings = new ArrayList<>();

        new Examination(config, findings::add).run();

        assertThat(findings).noneMatch(finding -> finding.level() == Level.PROBLEM);
        assertThat(example).hasFileName(config.name() + ".yaml");
    }

    @Test
    void theDocumentationNamesThemAll() throws IOException {
        String text = Files.readString(Path.of("../docs/training.md"));
        for (Path example : examples()) {
            assertThat(text).contains("(../examples/" + example.getFileName() + ")");
        }
    }
}
