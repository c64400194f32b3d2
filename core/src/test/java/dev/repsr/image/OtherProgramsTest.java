package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.InstalledTool;
import dev.repsr.TestPictures;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ImageMagick and ExifTool read what we write, and we read what ImageMagick writes; skipped where they are not installed. */
class OtherProgramsTest {
    private static final Pattern LINE = Pattern.compile("\\[(.*?)\\]\\s+(\\S+)\\s*: (.*)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void exifToolFindsAllMetadata(ImageType type) throws IOException, InterruptedException {
        InstalledTool tool = InstalledTool.require("exiftool", "libimage-exiftool-perl", folder);
        Path file = write(TestPictures.noise(9, 7, 3, 8, 1), type, MetadataFiles.kept(9, 7));

        Map<String, String> said = new TreeMap<>();
        String text = new String(tool.run("-a", "-G1", "-s", "-n", file), StandardCharsets.UTF_8);
        text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> said.put(
                        line.group(1) + ":" + line.group(2), line.group(3).strip()));

        assertThat(said)
                .containsEntry("IFD0:Make", MetadataFiles.MAKER)
                .containsEntry("IFD0:Orientation", "1")
                .containsEntry("ExifIFD:ExposureTime", "0.008")
                .containsEntry("ExifIFD:ExifImageWidth", "9")
                .containsEntry("ExifIFD:ExifImageHeight", "7")
                .containsEntry("GPS:GPSLatitudeRef", "N")
                .containsEntry("XMP-tiff:Orientation", "1")
                .containsEntry("XMP-tiff:Make", "Öptics")
                .containsEntry("ICC-header:ColorSpaceData", "RGB")
                .doesNotContainKeys("IFD1:ThumbnailOffset", "ExifTool:Warning", "ExifTool:Error");
        if (type != ImageType.WEBP) {
            assertThat(said).containsEntry("IPTC:Caption-Abstract", "A hill");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PNG, 1, 8", "PNG, 2, 8", "PNG, 3, 8", "PNG, 4, 8", "PNG, 1, 16", "PNG, 2, 16", "PNG, 3, 16", "PNG, 4, 16",
        "TIFF, 1, 8", "TIFF, 2, 8", "TIFF, 3, 8", "TIFF, 4, 8", "TIFF, 1, 16", "TIFF, 2, 16", "TIFF, 3, 16",
                "TIFF, 4, 16"
    })
    void imageMagickReadsTheSameSamples(ImageType type, int channels, int bits)
            throws IOException, InterruptedException {
        InstalledTool convert = InstalledTool.require("convert", "imagemagick", folder);
        InstalledTool identify = InstalledTool.require("identify", "imagemagick", folder);
        Picture picture = TestPictures.noise(31, 23, channels, bits, 7);
        Path file = write(picture, type, new ImageMetadata(null, new ImageMetadata.Density(300, 150), 1));

        ByteBuffer samples = ByteBuffer.wrap(convert.run(file, "-depth", "16", "-endian", "MSB", "rgba:-"))
                .order(ByteOrder.BIG_ENDIAN);
        String facts = text(identify.run("-units", "PixelsPerInch", "-format", "%w %h %z %[colorspace] %A", file));

        boolean grey = picture.format().colourChannels() == 1;
        assertThat(facts).startsWith("31 23 " + bits + (grey ? " Gray " : " sRGB "));
        // Its versions 6 and 7 use different words.
        assertThat(facts.substring(facts.lastIndexOf(' ') + 1))
                .isIn(picture.format().hasAlpha() ? List.of("True", "Blend") : List.of("False", "Undefined"));
        int largest = bits == 16 ? 1 : 257;
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 31; x++) {
                for (int c = 0; c < 4; c++) {
                    int own = c < 3 ? (grey ? 0 : c) : channels - 1;
                    int expected =
                            c == 3 && !picture.format().hasAlpha() ? 65_535 : largest * picture.sample(x, y, own);
                    assertThat(samples.getShort() & 0xFFFF)
                            .as("sample %d of %d, %d", c, x, y)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void imageMagickSeesTheResolution() throws IOException, InterruptedException {
        InstalledTool identify = InstalledTool.require("identify", "imagemagick", folder);
        for (ImageType type : List.of(ImageType.PNG, ImageType.JPEG, ImageType.TIFF)) {
            Path file = write(
                    TestPictures.noise(9, 7, 3, 8, 1),
                    type,
                    new ImageMetadata(null, new ImageMetadata.Density(300, 150), 1));

            String[] density = text(identify.run("-units", "PixelsPerInch", "-format", "%x %y", file))
                    .split(" ", -1);

            assertThat(Math.round(Double.parseDouble(density[0])))
                    .as(type.title())
                    .isEqualTo(300);
            assertThat(Math.round(Double.parseDouble(density[1])))
                    .as(type.title())
                    .isEqualTo(150);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PNG:a.png, -interlace PNG",
        "PNG:a.png, -depth 16",
        "TIFF:a.tif, -compress None",
        "TIFF:a.tif, -compress LZW",
        "TIFF:a.tif, -compress Zip",
        "TIFF:a.tif, -compress RLE",
        "TIFF:a.tif, -define tiff:tile-geometry=16x16",
        "TIFF:a.tif, -depth 16 -endian MSB",
        "TIFF:a.tif, -depth 16 -endian LSB",
        "TIFF64:a.tif, -compress LZW",
        "BMP:a.bmp, -compress None",
        "BMP3:a.bmp, -compress None",
        "PPM:a.ppm, -compress None",
        "PPM:a.ppm, -depth 16",
        "PAM:a.pam, -depth 8",
        "WEBP:a.webp, -define webp:lossless=true"
    })
    void whatImageMagickWritesIsReadWithTheSameSamples(String target, String options)
            throws IOException, InterruptedException {
        // Other programs are called convert too, Windows' own for one.
        InstalledTool.require("identify", "imagemagick", folder);
        InstalledTool convert = InstalledTool.require("convert", "imagemagick", folder);
        Picture picture = TestPictures.noise(31, 23, 3, 8, 9);
        Path input = write(picture, ImageType.PNG, ImageMetadata.NONE);
        String[] named = target.split(":", 2);
        Path output = folder.resolve("theirs-" + named[1]);
        Object[] command = java.util.stream.Stream.of(
                        java.util.stream.Stream.of((Object) input),
                        java.util.Arrays.stream((Object[]) options.split(" ", -1)),
                        java.util.stream.Stream.of((Object) (named[0] + ":" + output)))
                .flatMap(part -> part)
                .toArray();

        convert.run(command);
        DecodedPicture back = ImageReader.read(output, ImageLimits.defaults());

        assertThat(back.warnings()).isEmpty();
        Picture shown = back.picture().toRgb8();
        assertThat(shown).isEqualTo(picture);
    }

    @Test
    void imageMagickPlaysOurAnimation() throws IOException, InterruptedException {
        InstalledTool identify = InstalledTool.require("identify", "imagemagick", folder);
        InstalledTool convert = InstalledTool.require("convert", "imagemagick", folder);
        Path file = folder.resolve("animation.gif");
        convert.run("-delay", "7", "-size", "12x8", "xc:red", "-delay", "9", "xc:lime", "-loop", "3", "GIF:" + file);
        Path again = folder.resolve("again.gif");
        try (PictureSource source = ImageReader.open(file, ReadOptions.of(ImageLimits.defaults()))) {
            PictureFrames frames = source.frames().orElseThrow();
            // Its versions differ in whether the first time counts.
            assertThat(frames.loops()).isBetween(2, 3);
            AtomicFile.write(again, out -> ImageWriter.writeAnimation(frames, out));
        }

        assertThat(text(identify.run("-format", "%wx%h %T;", again))).isEqualTo("12x8 7;12x8 9;");
        assertThat(text(convert.run(again, "-format", "%[pixel:p{5,5}];", "info:-")))
                .isEqualTo(text(convert.run(file, "-format", "%[pixel:p{5,5}];", "info:-")));
    }

    private Path write(Picture picture, ImageType type, ImageMetadata metadata) throws IOException {
        Path file = folder.resolve("ours." + type.extension());
        AtomicFile.write(
                file,
                out -> ImageWriter.write(
                        picture.rows(), type, EncodeOptions.defaults().withMetadata(metadata), out));
        return file;
    }

    private static String text(byte[] said) {
        return new String(said, StandardCharsets.UTF_8).strip();
    }
}
