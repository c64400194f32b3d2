package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestData;
import dev.repsr.Upscaler;
import dev.repsr.format.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound pictures that the check once refused. */
@Tag("data")
class SelfCheckCasesTest {
    @TempDir
    private Path folder;

    @Test
    void builtInNetworksKeepThemAll() throws IOException {
        for (Models.BuiltIn model : Models.list()) {
            keepsAll(Upscaler.load(model.name()));
            keepsAll(Upscaler.load(model.name()).times(1.5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "realesr-animevideov3.pth",
                "realesr-animevideov3-x4.param",
                "RealESRGAN_General_x4_v3.param",
                "4xLSDIRCompactC3.param"
            })
    void networksForLooksKeepThemAll(String file) throws IOException {
        keepsAll(Upscaler.of(ModelFile.open(TestData.require("weights/realesr-compact/" + file))));
    }

    private void keepsAll(Upscaler upscaler) throws IOException {
        Upscaler replacing = upscaler.with(upscaler.options().withOverwrite(true));
        for (Path picture : pictures()) {
            assertThat(replacing.upscale(picture).to(folder.resolve("out.png")).width())
                    .isPositive();
        }
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> selfCheck = Files.list(TestData.require("cases/selfcheck"));
                Stream<Path> models = Files.list(TestData.require("cases/bug-selfcheck-models"))) {
            List<Path> pictures = Stream.concat(selfCheck, models)
                    .filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
            assertThat(pictures).hasSizeGreaterThan(10);
            return pictures;
        }
    }
}
