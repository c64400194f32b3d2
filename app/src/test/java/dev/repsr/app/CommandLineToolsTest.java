package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.InstalledTool;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ConvertedType;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools are played by shell scripts, and by themselves where they are installed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are those of a POSIX shell")
class CommandLineToolsTest {
    private static final byte[] FILE = {1, 2, 3};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"AVIF, avifdec", "HEIC, heif-dec", "HEIC, heif-convert", "JPEG_XL, djxl"})
    void toolThatIsInstalledConverts(ConvertedType type, String tool) throws IOException {
        script(tool, "cat \"$1\" > \"$2\"");

        assertThat(tools().toPng("a", type, FILE, 100, null).png()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"AVIF, libavif-bin", "HEIC, libheif-examples", "JPEG_XL, libjxl-tools"})
    void toolThatIsMissingIsNamedWithItsPackage(ConvertedType type, String packaged) {
        ImageRefused refused = refusal(type, null);

        assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refused).hasMessageContainingAll("photo.x", packaged);
    }

    @Test
    void toolThatFailsHangsOrWritesTooMuchIsARefusal() throws IOException {
        script("djxl", "exit 3");
        assertThat(refusal(ConvertedType.JPEG_XL, null).reason()).isEqualTo(Reason.DAMAGED);
        script("avifdec", "exec sleep 60");
        assertThat(refusal(ConvertedType.AVIF, Duration.ofMillis(200)).reason()).isEqualTo(Reason.TOO_SLOW);
        script("heif-dec", "head -c 1000 /dev/zero > \"$2\"");
        assertThat(refusal(ConvertedType.HEIC, null).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "avifenc, avifdec, libavif-bin, avif, --lossless",
        "heif-enc, heif-convert, libheif-examples, heic, -L",
        "cjxl, djxl, libjxl-tools, jxl, --distance=0"
    })
    void realToolsReadWhatTheirMakersWrite(
            String encoder, String decoder, String packaged, String ending, String lossless)
            throws IOException, InterruptedException {
        InstalledTool encode = InstalledTool.require(encoder, packaged, folder);
        InstalledTool.require(decoder, packaged, folder);
        Path png = TestPictures.writeScene(folder, "scene.png", 64, 48);
        Path input = folder.resolve("scene." + ending);
        if (encoder.equals("heif-enc")) {
            encode.run(lossless, "-o", input, png);
        } else {
            encode.run(lossless, png, input);
        }

        Run run = Run.of("upscale", input, "-m", TestModels.writeNearest(folder, 2));

        assertThat(run.code()).as(run.err()).isZero();
        Picture expected = ImageReader.read(png, ImageLimits.defaults()).picture();
        Picture large = ImageReader.read(folder.resolve("scene_x2.png"), ImageLimits.defaults())
                .picture()
                .toRgb8();
        assertThat(large.width()).isEqualTo(128);
        assertThat(large.height()).isEqualTo(96);
        for (int i = 0; i < 48; i++) {
            assertThat(large.sample(2 * i + 1, 2 * i, 1)).isCloseTo(expected.sample(i, i, 1), within(3));
        }
    }

    @Test
    void firstOfSeveralPicturesIsTakenWithAWarning() throws IOException {
        script("heif-dec", "cat \"$1\" > \"${2%.png}-1.png\"; echo > \"${2%.png}-2.png\"");

        PictureConverter.Converted made = tools().toPng("a.heic", ConvertedType.HEIC, FILE, 100, null);

        assertThat(made.png()).containsExactly(1, 2, 3);
        assertThat(made.warnings()).singleElement().asString().contains("a.heic", "several");
    }

    private CommandLineTools tools() {
        return new CommandLineTools(folder.toString());
    }

    private ImageRefused refusal(ConvertedType type, @Nullable Duration time) {
        return catchThrowableOfType(ImageRefused.class, () -> tools().toPng("photo.x", type, FILE, 100, time));
    }

    private void script(String name, String body) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
