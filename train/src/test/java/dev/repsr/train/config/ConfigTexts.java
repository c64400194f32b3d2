package dev.repsr.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Configurations as texts, read from a file. */
abstract class ConfigTexts {
    static final String MINIMAL = "name: tiny\nscale: 2\ndata: {train: [hr]}\n";

    @TempDir
    Path folder;

    TrainConfig read(String yaml, String... overrides) throws IOException {
        return TrainConfig.read(write(yaml), List.of(overrides));
    }

    Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), yaml);
    }

    ConfigRefused refusal(String yaml, String... overrides) throws IOException {
        Path file = write(yaml);
        ConfigRefused refused =
                catchThrowableOfType(ConfigRefused.class, () -> TrainConfig.read(file, List.of(overrides)));
        assertThat(refused).as(yaml + List.of(overrides)).isNotNull();
        assertThat(refused.getMessage()).doesNotContain("\n", "dev.repsr", "jackson", "Exception");
        return refused;
    }
}
