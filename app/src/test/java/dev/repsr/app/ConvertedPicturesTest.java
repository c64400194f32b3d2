package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.InstalledTool;
import dev.repsr.TestData;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AVIF, HEIC and JPEG XL: turned once, with their metadata and colours, by the tools that are installed. */
class ConvertedPicturesTest {
    private static final String LIBAVIF = "libavif-bin";
    private static final String LIBHEIF = "libheif-examples";
    private static final String LIBJXL = "libjxl-tools";
    /** Of 255, on average: how differently the tools compute RGB. */
    private static final double ROUNDING = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--irot 0",
                "--irot 1",
                "--irot 2",
                "--irot 3",
                "--imir 0",
                "--imir 1",
                "--irot 1 --imir 0",
                "--irot 1 --imir 1",
                "--irot 2 --imir 0",
                "--irot 3 --imir 1"
            })
    void avifIsTurnedAndMirroredAsLibheifDoesIt(String turn) throws IOException, InterruptedException {
        InstalledTool encoder = InstalledTool.require("avifenc", LIBAVIF, folder);
        Path png = TestPictures.writeScene(folder, "scene.png", 64, 48);
        Path avif = folder.resolve("scene.avif");
        encoder.run(Stream.concat(Arrays.stream(turn.split(" ", -1)), Stream.of(png, avif))
                .toArray());

        assertIsThatOfLibheif(avif);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bug-avif-irot/irot1.avif", "bug-avif-irot/phone.avif", "bug-heic-turned-twice/iphone.heic"})
    @Tag("data")
    void photographOfAPhoneIsTurnedOnce(String name) throws IOException, InterruptedException {
        InstalledTool.require("avifdec", LIBAVIF, folder);

        DecodedPicture decoded = assertIsThatOfLibheif(TestData.require("cases/" + name));

        assertThat(decoded.picture().width()).isEqualTo(48);
        assertThat(decoded.picture().height()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug-avif-irot/phone.avif", "bug-heic-turned-twice/iphone.heic"})
    @Tag("data")
    void exifIsKeptAndTurnsNothingMore(String name) throws IOException, InterruptedException {
        InstalledTool.require("avifdec", LIBAVIF, folder);
        InstalledTool.require("heif-convert", LIBHEIF, folder);
        InstalledTool exiftool = InstalledTool.require("exiftool", "libimage-exiftool-perl", folder);
        Path output = folder.resolve("out.jpg");

        Run run = Run.of(
                "upscale", TestData.require("cases/" + name), "-m", TestModels.writeNearest(folder, 2), "-o", output);

        assertThat(run.code()).as(run.err()).isZero();
        String said = new String(
                exiftool.run("-n", "-s3", "-Make", "-Orientation", "-ImageWidth", output), StandardCharsets.UTF_8);
        assertThat(said.lines()).containsExactly("Foo", "1", "96");
    }

    @Test
    @Tag("data")
    void firstOfSeveralPicturesOfAHeicIsRead() throws IOException, InterruptedException {
        InstalledTool.require("heif-convert", LIBHEIF, folder);

        DecodedPicture decoded = read(TestData.require("cases/bug-heic-turned-twice/several.heic"));

        assertThat(decoded.warnings()).singleElement().asString().contains("several pictures");
    }

    @Test
    @Tag("data")
    void jpegXlOfAWideGamutIsNotEnlargedInLinearLight() throws IOException, InterruptedException {
        InstalledTool.require("djxl", LIBJXL, folder);

        DecodedPicture decoded = read(TestData.require("cases/bug-small-ones/lossy.jxl"));

        assertThat(decoded.metadata().isLinear()).isFalse();
        assertThat(decoded.metadata().profile()).isNotNull();
        // The picture's mean is 128; that of its light is 75.
        assertThat(difference(decoded.picture().toRgb8(), (x, y) -> 0)).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avifenc libavif-bin avif", "heif-enc libheif-examples heic", "cjxl libjxl-tools jxl"})
    void moreThanEightBitsStayMore(String tool) throws IOException, InterruptedException {
        String[] parts = tool.split(" ", -1);
        InstalledTool encoder = InstalledTool.require(parts[0], parts[1], folder);
        byte[] bytes = TestPictures.encode(TestPictures.noise(64, 48, 3, 16, 1), ImageType.PNG);
        Path png = folder.resolve("deep.png");
        AtomicFile.write(png, out -> out.write(bytes));
        Path file = folder.resolve("deep." + parts[2]);
        switch (parts[0]) {
            case "avifenc" -> encoder.run("-d", "10", png, file);
            case "heif-enc" -> encoder.run("-b", "10", "-o", file, png);
            default -> encoder.run("-d", "1", png, file);
        }

        assertThat(read(file).picture().format().bitDepth()).isEqualTo(16);
    }

    @Test
    void losslessJpegXlIsReadAsItIs() throws IOException, InterruptedException {
        InstalledTool encoder = InstalledTool.require("cjxl", LIBJXL, folder);
        Path png = TestPictures.writeScene(folder, "scene.png", 64, 48);
        Path jxl = folder.resolve("scene.jxl");
        encoder.run("-d", "0", png, jxl);

        assertThat(read(jxl).picture()).isEqualTo(read(png).picture());
    }

    @Test
    void jpegXlOfATurnedPhotographIsTurnedOnce() throws IOException, InterruptedException {
        InstalledTool encoder = InstalledTool.require("cjxl", LIBJXL, folder);
        InstalledTool exiftool = InstalledTool.require("exiftool", "libimage-exiftool-perl", folder);
        Path jpeg = folder.resolve("scene.jpg");
        byte[] bytes = TestPictures.encode(TestPictures.scene(64, 48), ImageType.JPEG);
        AtomicFile.write(jpeg, out -> out.write(bytes));
        exiftool.run("-q", "-overwrite_original", "-Orientation#=6", "-Make=Foo", jpeg);
        Path jxl = folder.resolve("scene.jxl");
        encoder.run(jpeg, jxl);

        DecodedPicture decoded = read(jxl);

        Picture expected = read(jpeg).picture();
        assertThat(decoded.picture().format()).isEqualTo(expected.format());
        assertThat(difference(decoded.picture(), (x, y) -> expected.sample(x, y, 1)))
                .isLessThan(ROUNDING);
        // What the tool does not hand over is not lost without a word.
        assertThat(decoded.metadata().exif() != null || !decoded.warnings().isEmpty())
                .isTrue();
    }

    private DecodedPicture assertIsThatOfLibheif(Path file) throws IOException, InterruptedException {
        InstalledTool libheif = InstalledTool.require("heif-convert", LIBHEIF, folder);
        Path theirs = folder.resolve("theirs.png");
        libheif.run(file, theirs);
        // Java's reader, since the PNG still states the EXIF orientation, which the tool has applied.
        BufferedImage expected = ImageIO.read(theirs.toFile());

        DecodedPicture decoded = read(file);

        Picture picture = decoded.picture();
        assertThat(picture.width()).isEqualTo(expected.getWidth());
        assertThat(picture.height()).isEqualTo(expected.getHeight());
        assertThat(difference(picture, (x, y) -> expected.getRGB(x, y) >> 8 & 0xFF))
                .isLessThan(ROUNDING);
        return decoded;
    }

    /** On average, of the green samples. */
    private static double difference(Picture picture, IntBinaryOperator green) {
        double sum = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                sum += Math.abs(picture.sample(x, y, 1) - green.applyAsInt(x, y));
            }
        }
        return sum / picture.width() / picture.height();
    }

    private static DecodedPicture read(Path file) throws ImageRefused {
        return ImageReader.read(file, ImageLimits.defaults());
    }
}
