package dev.repsr.image;

import static dev.repsr.image.PictureFiles.chunk;
import static dev.repsr.image.PictureFiles.encoded;
import static dev.repsr.image.PictureFiles.png;
import static dev.repsr.image.PictureFiles.soft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.ImageMetadata.Density;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sound files give. */
class ImageReaderTest {

    @ParameterizedTest
    @CsvSource({"1, 10100101, 255 0 255 0 0 255 0 255", "2, 00011011, 0 85 170 255", "4, 00001111, 0 255"})
    void greyOfFewBitsIsSpreadOverAllEight(int bits, String packed, String expected) throws ImageRefused {
        int width = 8 / bits;
        byte[] rows = {0, (byte) Integer.parseInt(packed, 2)};

        Picture picture = read(png(width, 1, bits, 0, rows)).picture();

        assertThat(picture.format()).isEqualTo(new PictureFormat(width, 1, 1, 8));
        assertThat(row(picture)).containsExactly(numbers(expected));
    }

    @Test
    void paletteIsLookedUpAndItsTransparencyKept() throws ImageRefused {
        byte[] palette = chunk("PLTE", new byte[] {10, 20, 30, 40, 50, 60, 70, 80, 90});
        byte[] rows = {0, 2, 0, 1};

        assertThat(row(read(png(3, 1, 8, 3, rows, palette)).picture()))
                .containsExactly(70, 80, 90, 10, 20, 30, 40, 50, 60);
        assertThat(row(read(png(3, 1, 8, 3, rows, palette, chunk("tRNS", new byte[] {0, 99})))
                        .picture()))
                .containsExactly(70, 80, 90, 255, 10, 20, 30, 0, 40, 50, 60, 99);
    }

    @Test
    void colourOutsideThePaletteIsBlackWithAWarning() throws ImageRefused {
        DecodedPicture decoded = read(png(1, 1, 8, 3, new byte[] {0, 7}, chunk("PLTE", new byte[] {9, 9, 9})));

        assertThat(row(decoded.picture())).containsExactly(0);
        assertThat(decoded.warnings()).singleElement().asString().contains("palette");
    }

    @Test
    void transparentColourBecomesAlpha() throws ImageRefused {
        byte[] grey = png(2, 1, 16, 0, new byte[] {0, 1, 2, 1, 3}, chunk("tRNS", new byte[] {1, 2}));
        byte[] rgb = png(2, 1, 8, 2, new byte[] {0, 1, 2, 3, 1, 2, 4}, chunk("tRNS", new byte[] {0, 1, 0, 2, 0, 3}));

        assertThat(row(read(grey).picture())).containsExactly(258, 0, 259, 65535);
        assertThat(row(read(rgb).picture())).containsExactly(1, 2, 3, 0, 1, 2, 4, 255);
    }

    @Test
    void alphaDoesNotTouchTheColours() throws ImageRefused {
        byte[] rgba = png(2, 1, 8, 6, new byte[] {0, 11, 22, 33, 0, 44, 55, 66, 1});
        byte[] greyAlpha = png(1, 1, 16, 4, new byte[] {0, 1, 2, 0, 0});

        assertThat(row(read(rgba).picture())).containsExactly(11, 22, 33, 0, 44, 55, 66, 1);
        assertThat(row(read(greyAlpha).picture())).containsExactly(258, 0);
    }

    @Test
    void gammaAndColourProfilesDoNotChangeValues() throws ImageRefused {
        byte[] gamma = chunk("gAMA", ByteBuffer.allocate(4).putInt(100000).array());
        byte[] rgb = chunk("sRGB", new byte[] {0});
        byte[] rows = {0, 1, 100, (byte) 200};

        assertThat(row(read(png(3, 1, 8, 0, rows, gamma, rgb, iccp(ColorSpace.CS_GRAY)))
                        .picture()))
                .containsExactly(1, 100, 200);
        assertThat(row(read(png(1, 1, 8, 2, rows, gamma, iccp(ColorSpace.CS_LINEAR_RGB)))
                        .picture()))
                .containsExactly(1, 100, 200);
    }

    @Test
    void profileAndDensityOfAPngAreFound() throws ImageRefused {
        byte[] density = chunk(
                "pHYs",
                ByteBuffer.allocate(9).putInt(11811).putInt(3937).put((byte) 1).array());

        ImageMetadata metadata = read(png(1, 1, 8, 2, new byte[4], iccp(ColorSpace.CS_sRGB), density))
                .metadata();

        assertThat(metadata.profile()).isEqualTo(new IccProfile(profile(ColorSpace.CS_sRGB)));
        Density found = Objects.requireNonNull(metadata.density());
        assertThat(found.x()).isCloseTo(300, within(0.01));
        assertThat(found.y()).isCloseTo(100, within(0.01));
    }

    @Test
    void interlacedPngHasTheSamePixels() throws IOException {
        BufferedImage image = soft(19, 13, BufferedImage.TYPE_INT_RGB);
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        var parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(javax.imageio.ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new javax.imageio.IIOImage(image, null, null), parameters);
        }
        writer.dispose();
        assertThat(out.toByteArray()[28]).as("interlace method").isEqualTo((byte) 1);

        assertThat(read(out.toByteArray()).picture())
                .isEqualTo(read(encoded(image, "png")).picture());
    }

    @Test
    void jpegGivesTheDecodersValues() throws IOException {
        byte[] colour = encoded(soft(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] grey = encoded(soft(40, 30, BufferedImage.TYPE_BYTE_GRAY), "jpeg");

        assertSameAsImageIo(read(colour).picture(), colour, 3);
        assertSameAsImageIo(read(grey).picture(), grey, 1);
    }

    @Test
    void profileOfAJpegIsKeptAndDoesNotChangeValues() throws IOException {
        byte[] jpeg = encoded(soft(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] profile = profile(ColorSpace.CS_LINEAR_RGB);
        int half = profile.length / 2;
        byte[] tagged = PictureFiles.withSegments(
                jpeg,
                PictureFiles.segment(0xFFE2, iccPart(2, Arrays.copyOfRange(profile, half, profile.length))),
                PictureFiles.segment(0xFFE2, iccPart(1, Arrays.copyOf(profile, half))));

        DecodedPicture decoded = read(tagged);

        assertThat(decoded.picture()).isEqualTo(read(jpeg).picture());
        assertThat(decoded.metadata().profile()).isEqualTo(new IccProfile(profile));
    }

    @Test
    void jpegWithoutAnyMarkOfItsColoursIsYCbCr() throws IOException {
        byte[] jpeg = encoded(soft(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] bare = PictureFiles.withoutJfif(jpeg);

        assertThat(read(bare).picture()).isEqualTo(read(jpeg).picture());
        assertThat(read(PictureFiles.withSegments(bare, PictureFiles.exif(1))).picture())
                .isEqualTo(read(jpeg).picture());
    }

    @Test
    void densityOfAJpegIsFound() throws IOException {
        byte[] jpeg = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "jpeg");
        jpeg[13] = 1;
        jpeg[15] = 96;
        jpeg[17] = 72;

        assertThat(read(jpeg).metadata().density()).isEqualTo(new Density(96, 72));
    }

    /** Corners of the stored picture, in the order top left, top right, bottom left, bottom right. */
    @ParameterizedTest
    @CsvSource({
        "1, 10 70 130 190", "2, 70 10 190 130", "3, 190 130 70 10", "4, 130 190 10 70",
        "5, 10 130 70 190", "6, 130 10 190 70", "7, 190 70 130 10", "8, 70 190 10 130"
    })
    void exifOrientationIsApplied(int orientation, String corners) throws IOException {
        BufferedImage stored = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 32; x++) {
                stored.getRaster().setSample(x, y, 0, 10 + 60 * (x / 16) + 120 * (y / 8));
            }
        }
        byte[] jpeg = PictureFiles.withSegments(encoded(stored, "jpeg"), PictureFiles.exif(orientation));

        DecodedPicture decoded = read(jpeg);
        Picture upright = decoded.picture();

        int right = upright.width() - 1;
        int bottom = upright.height() - 1;
        assertThat(upright.width()).isEqualTo(orientation < 5 ? 32 : 16);
        int[] found = {
            upright.sample(0, 0, 0),
            upright.sample(right, 0, 0),
            upright.sample(0, bottom, 0),
            upright.sample(right, bottom, 0)
        };
        int[] expected = numbers(corners);
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(3));
        }
        assertThat(decoded.metadata().orientation()).isEqualTo(orientation);
        assertThat(decoded.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "tiff"})
    void otherFormatsGiveTheSamePixels(String format) throws IOException {
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 9; x++) {
                image.setRGB(x, y, 0x010203 * (x + 9 * y));
            }
        }

        DecodedPicture decoded = read(encoded(image, format));

        assertThat(decoded.type()).isEqualTo(ImageType.ofName("x." + format).orElseThrow());
        assertThat(decoded.picture()).isEqualTo(read(encoded(image, "png")).picture());
        assertThat(decoded.warnings()).isEmpty();
    }

    @Test
    void tiffKeepsSixteenBitsAndItsPlainGrey() throws IOException {
        BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 30000, 65535});

        assertThat(row(read(encoded(deep, "tiff")).picture())).containsExactly(1, 30000, 65535);
    }

    @ParameterizedTest
    @CsvSource({"1, 0 60 255", "0, 255 195 0"})
    void tiffMayCountFromWhite(int photometric, String expected) throws ImageRefused {
        ByteBuffer file = ByteBuffer.allocate(200).put("MM\0*".getBytes(StandardCharsets.US_ASCII));
        file.putInt(8).putShort((short) 9);
        int[][] tags = {
            {256, 3}, {257, 1}, {258, 8}, {259, 1}, {262, photometric}, {273, 150}, {277, 1}, {278, 1}, {279, 3}
        };
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 3).putInt(1);
            file.putShort((short) tag[1]).putShort((short) 0);
        }
        file.position(150).put(new byte[] {0, 60, (byte) 255});

        assertThat(row(read(file.array()).picture())).containsExactly(numbers(expected));
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void everyTypeIsKnownByItsEndings(ImageType type) {
        assertThat(type.extensions())
                .allSatisfy(ending -> assertThat(ImageType.ofName("a.b." + ending.toUpperCase(Locale.ROOT)))
                        .contains(type));
        assertThat(ImageType.ofName("picture.psd")).isEmpty();
    }

    static DecodedPicture read(byte[] file) throws ImageRefused {
        return ImageReader.read(new ByteArrayInputStream(file), "the picture", ImageLimits.defaults());
    }

    private static void assertSameAsImageIo(Picture picture, byte[] file, int channels) throws IOException {
        var raster = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
        assertThat(picture.format()).isEqualTo(new PictureFormat(raster.getWidth(), raster.getHeight(), channels, 8));
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    assertThat(picture.sample(x, y, c)).isEqualTo(raster.getSample(x, y, c));
                }
            }
        }
    }

    private static byte[] profile(int colourSpace) {
        return ICC_Profile.getInstance(colourSpace).getData();
    }

    private static byte[] iccp(int colourSpace) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'p', 0, 0});
        out.writeBytes(PictureFiles.deflated(profile(colourSpace)));
        return chunk("iCCP", out.toByteArray());
    }

    private static byte[] iccPart(int number, byte[] part) {
        return ByteBuffer.allocate(part.length + 14)
                .put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII))
                .put((byte) number)
                .put((byte) 2)
                .put(part)
                .array();
    }

    private static int[] row(Picture picture) {
        double[] row = new double[picture.width() * picture.format().channels()];
        picture.copySamples(0, row);
        return Arrays.stream(row).mapToInt(sample -> (int) sample).toArray();
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
