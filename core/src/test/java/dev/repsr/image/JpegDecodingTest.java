package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.InstalledTool;
import dev.repsr.TestPictures;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder of Java's runtime reads what libjpeg-turbo's own program reads; skipped where that is not installed. */
class JpegDecodingTest {
    private static final String PACKAGE = "libjpeg-turbo-progs";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-quality 1",
                "-quality 30",
                "-quality 75 -sample 2x2",
                "-quality 75 -sample 2x1",
                "-quality 75 -sample 1x2",
                "-quality 75 -sample 1x1",
                "-quality 75 -sample 4x1",
                "-quality 90 -progressive",
                "-quality 90 -optimize -restart 1",
                "-quality 100 -sample 1x1",
                "-quality 75 -grayscale",
                "-quality 75 -rgb"
            })
    void samplesAreThoseOfLibjpegTurbo(String settings) throws IOException, InterruptedException {
        InstalledTool encoder = InstalledTool.require("cjpeg", PACKAGE, folder);
        InstalledTool decoder = InstalledTool.require("djpeg", PACKAGE, folder);
        for (Picture picture : List.of(TestPictures.scene(197, 131), TestPictures.noise(67, 45, 3, 8, 5))) {
            Path ppm = folder.resolve("in.ppm");
            AtomicFile.write(ppm, out -> {
                out.write(("P6 " + picture.width() + " " + picture.height() + " 255\n")
                        .getBytes(StandardCharsets.US_ASCII));
                for (int y = 0; y < picture.height(); y++) {
                    for (int x = 0; x < picture.width() * 3; x++) {
                        out.write(picture.sample(x / 3, y, x % 3));
                    }
                }
            });
            Path jpeg = folder.resolve("picture.jpg");
            List<Object> command = new ArrayList<>(Arrays.asList((Object[]) settings.split(" ", -1)));
            command.addAll(List.of("-outfile", jpeg, ppm));
            encoder.run(command.toArray());
            Path theirs = folder.resolve("theirs.pnm");
            // Rows of colour alone that are halved are repeated by Java and blended by newer versions of the other;
            // either is allowed.
            String blending = settings.endsWith("1x2") ? "-nosmooth" : "-pnm";
            decoder.run("-pnm", blending, "-outfile", theirs, jpeg);

            Picture ours = ImageReader.read(jpeg, ImageLimits.defaults()).picture();

            assertThat(ours)
                    .isEqualTo(ImageReader.read(theirs, ImageLimits.defaults()).picture());
        }
    }
}
