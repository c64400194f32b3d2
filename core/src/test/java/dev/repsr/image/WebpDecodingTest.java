package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.InstalledTool;
import dev.repsr.TestData;
import dev.repsr.TestPictures;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample is the one that libwebp's own program reads, whatever the encoder was told; skipped where that is not installed. */
class WebpDecodingTest {
    private static final String PACKAGE = "webp";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q 0",
                "-q 10 -m 0",
                "-q 25 -m 2 -segments 1",
                "-q 50 -m 6 -segments 2 -pass 4",
                "-q 75",
                "-q 90 -sns 0",
                "-q 100 -sns 100",
                "-q 60 -f 0",
                "-q 60 -f 20 -strong",
                "-q 60 -f 60 -nostrong",
                "-q 60 -f 100 -strong -sharpness 3",
                "-q 40 -f 100 -nostrong -sharpness 7",
                "-q 50 -af -pre 1",
                "-q 50 -pre 2 -jpeg_like",
                "-q 80 -sharp_yuv",
                "-q 30 -partition_limit 100 -low_memory",
                "-q 75 -preset text",
                "-q 75 -preset icon",
                "-lossless -z 0",
                "-lossless -z 9 -hint graph",
                "-near_lossless 20"
            })
    void lossyAndLosslessPicturesAreThoseOfLibwebp(String settings) throws IOException, InterruptedException {
        assertSameAsLibwebp(settings, TestPictures.scene(197, 131));
        assertSameAsLibwebp(settings, drawing(160, 121));
        assertSameAsLibwebp(settings, TestPictures.noise(67, 45, 3, 8, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q 75",
                "-q 30 -alpha_q 20",
                "-q 60 -alpha_method 0",
                "-q 60 -alpha_filter none",
                "-q 60 -alpha_filter best -exact",
                "-lossless",
                "-lossless -exact"
            })
    void transparentPicturesAreThoseOfLibwebp(String settings) throws IOException, InterruptedException {
        assertSameAsLibwebp(settings, Pictures.smooth(new PictureFormat(75, 41, 4, 8)));
        assertSameAsLibwebp(settings, TestPictures.noise(33, 17, 4, 8, 6));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 40", "40, 1", "2, 3", "15, 17", "16, 16", "17, 15", "300, 2"})
    void smallAndThinPicturesAreThoseOfLibwebp(int width, int height) throws IOException, InterruptedException {
        assertSameAsLibwebp("-q 50", TestPictures.scene(width, height));
        assertSameAsLibwebp("-lossless", TestPictures.scene(width, height));
    }

    @Test
    @Tag("data")
    void drawingThatWasReadWithSmearsIsThatOfLibwebp() throws IOException, InterruptedException {
        for (String name : List.of("drawing-q75.webp", "drawing-f0.webp")) {
            assertReadAsLibwebpDoes(TestData.require("cases/bug-webp-lossy/" + name));
        }
    }

    private void assertSameAsLibwebp(String settings, Picture picture) throws IOException, InterruptedException {
        InstalledTool encoder = InstalledTool.require("cwebp", PACKAGE, folder);
        Path png = folder.resolve("in.png");
        byte[] bytes = TestPictures.encode(picture, ImageType.PNG);
        AtomicFile.write(png, out -> out.write(bytes));
        Path webp = folder.resolve("picture.webp");
        List<Object> command = new ArrayList<>(Arrays.asList((Object[]) settings.split(" ", -1)));
        command.addAll(List.of("-quiet", png, "-o", webp));
        encoder.run(command.toArray());

        assertReadAsLibwebpDoes(webp);
    }

    /** Its program hides steps of coarse compression by noise unless it is told not to. */
    private void assertReadAsLibwebpDoes(Path webp) throws IOException, InterruptedException {
        InstalledTool decoder = InstalledTool.require("dwebp", PACKAGE, folder);
        Path theirs = folder.resolve("theirs.png");
        decoder.run("-quiet", "-nodither", webp, "-o", theirs);

        Picture expected = ImageReader.read(theirs, ImageLimits.defaults()).picture();
        Picture ours = ImageReader.read(webp, ImageLimits.defaults()).picture();

        assertThat(ours).isEqualTo(expected);
    }

    /** Flat areas with hard edges, which a loop filter shows on. */
    private static Picture drawing(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        Arrays.fill(samples, (byte) 240);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = 3 * (y * width + x);
                if (Math.hypot(x - width * 0.7, y - height * 0.5) < height * 0.3) {
                    samples[i] = 40;
                    samples[i + 1] = 120;
                } else if (x > width / 8 && x < width / 2 && y > height / 6 && y < height * 2 / 3) {
                    samples[i + 1] = 60;
                    samples[i + 2] = 60;
                }
            }
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }
}
