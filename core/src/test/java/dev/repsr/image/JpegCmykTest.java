package dev.repsr.image;

import static dev.repsr.image.PictureFiles.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four components, as programs for print write them. */
class JpegCmykTest {
    /** Loss of the compression on a flat colour. */
    private static final int LOSS = 3;

    @ParameterizedTest
    @CsvSource({
        // no mark: 0 is no ink
        "-1, 0 0 0 0, 255 255 255",
        "-1, 255 0 0 0, 0 255 255",
        "-1, 0 0 0 255, 0 0 0",
        "-1, 0 128 0 0, 255 127 255",
        // Adobe: 255 is no ink
        "0, 255 255 255 255, 255 255 255",
        "0, 0 255 255 255, 0 255 255",
        "0, 200 100 50 128, 100 50 25",
        // Adobe's YCCK: Y 0 is the complement of all light, so 255 is no ink again
        "2, 0 128 128 255, 255 255 255",
        "2, 255 128 128 255, 0 0 0",
        "2, 0 128 128 100, 100 100 100"
    })
    void inkBecomesLight(int transform, String stored, String expected) throws IOException {
        byte[] jpeg = fourComponents(numbers(stored));
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        byte[] file = transform < 0 ? jpeg : PictureFiles.withSegments(jpeg, segment(0xFFEE, adobe));

        DecodedPicture decoded = ImageReaderTest.read(file);

        assertThat(decoded.picture().format()).isEqualTo(new PictureFormat(16, 16, 3, 8));
        int[] rgb = numbers(expected);
        for (int c = 0; c < 3; c++) {
            assertThat(decoded.picture().sample(7, 7, c)).isCloseTo(rgb[c], within(LOSS));
        }
        assertThat(decoded.warnings()).singleElement().asString().contains("CMYK");
    }

    @Test
    void imageOfFourInksIsReadAsItsFileIs() throws IOException {
        byte[] jpeg = fourComponents(10, 200, 90, 30);
        Raster stored;
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            javax.imageio.ImageReader reader =
                    ImageIO.getImageReadersByFormatName("jpeg").next();
            reader.setInput(in);
            stored = reader.readRaster(0, null);
            reader.dispose();
        }
        BufferedImage image = Kinds.custom(new Inks(), false, DataBuffer.TYPE_BYTE, 16, 16);
        image.setData(stored);

        try (PictureSource source = ImageReader.open(image, "image", ReadOptions.of(ImageLimits.defaults()))) {
            assertThat(source.picture()).isEqualTo(ImageReaderTest.read(jpeg).picture());
            assertThat(source.warnings()).singleElement().asString().contains("CMYK");
            assertThat(source.metadata().profile()).isNull();
        }
    }

    @Test
    void sixteenBitsAndAlphaOfFourInksAreKept() throws IOException {
        BufferedImage image = Kinds.custom(new Inks(), true, DataBuffer.TYPE_USHORT, 1, 1);
        image.getRaster().setPixel(0, 0, new int[] {0, 65535, 20000, 13107, 400});

        try (PictureSource source = ImageReader.open(image, "image", ReadOptions.of(ImageLimits.defaults()))) {
            assertThat(source.format()).isEqualTo(new PictureFormat(1, 1, 4, 16));
            Picture picture = source.picture();
            // Black leaves four fifths of the light.
            assertThat(IntStream.range(0, 4).map(c -> picture.sample(0, 0, c))).containsExactly(52428, 0, 36428, 400);
        }
    }

    /** Four inks, as a press's profile has them. */
    private static final class Inks extends ColorSpace {
        private static final long serialVersionUID = 1L;

        Inks() {
            super(TYPE_CMYK, 4);
        }

        @Override
        public float[] toRGB(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromRGB(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] toCIEXYZ(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] fromCIEXYZ(float[] values) {
            throw new UnsupportedOperationException();
        }
    }

    private static int[] numbers(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text.strip())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** A JPEG of four plain components without any mark. */
    private static byte[] fourComponents(int... values) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, values);
            }
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        writer.dispose();
        return out.toByteArray();
    }
}
