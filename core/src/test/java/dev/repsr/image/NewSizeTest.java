package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation, and all that metadata counts in pixels, speaks of the picture that is written. */
class NewSizeTest {
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ORIENTATION = 0x0112;
    private static final NewSize DOUBLED =
            new NewSize(1, new PictureFormat(96, 48, 3, 8), new PictureFormat(192, 96, 3, 8));

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 5", "3, 1", "3, 2", "3, 3", "4, 1", "4, 2"})
    void orientationOfEveryTypeAndCountIsAppliedAndThenReset(int type, int count) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] exif = exif(order, ORIENTATION, type, 6, count);
            assertThat(ExifOrientation.of(exif, 0, exif.length)).isEqualTo(6);

            NewSize turned = new NewSize(6, new PictureFormat(4, 5, 3, 8), new PictureFormat(8, 10, 3, 8));
            byte[] now = Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(exif), turned))
                    .bytes();

            TiffDirectory directory = TiffDirectory.read(new Bytes(now, 0, now.length, order), false, 8);
            assertThat(directory.numbers(ORIENTATION)).hasSize(count).containsOnly(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "5, 1", "12, 1", "3, 0"})
    void orientationThatIsNoWholeNumberIsNeitherAppliedNorReset(int type, int count) {
        byte[] exif = exif(ByteOrder.BIG_ENDIAN, ORIENTATION, type, 6, count);

        assertThat(ExifOrientation.of(exif, 0, exif.length)).isEqualTo(1);
        assertThat(ExifPatch.upright(new MetadataBytes(exif), DOUBLED)).isEqualTo(new MetadataBytes(exif));
    }

    @Test
    @Tag("data")
    void photographOfAPhoneThatStoresItAsLongIsTurned() throws IOException {
        Path file = TestData.require("cases/bug-exif-orientation/long.jpg");

        Picture picture = ImageReader.read(file, ImageLimits.defaults()).picture();

        assertThat(picture.format()).isEqualTo(new PictureFormat(48, 64, 3, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void placesGoWhereTheirPixelsGo(int orientation) {
        Picture stored = Picture.of(new PictureFormat(5, 3, 1, 8), new byte[15]);
        byte[] samples = new byte[15];
        samples[1 * 5 + 3] = 1;
        stored = Picture.of(stored.format(), samples);
        Picture upright = stored.oriented(orientation);
        NewSize same = new NewSize(orientation, upright.format(), upright.format());

        assertThat(upright.sample((int) same.x(3, 1), (int) same.y(3, 1), 0)).isEqualTo(1);
    }

    @Test
    void placesAndResolutionsInExifGrowWithThePicture() {
        byte[] exif = Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(exposure()), DOUBLED))
                .bytes();

        Bytes in = Bytes.bigEndian(exif);
        TiffDirectory inner = TiffDirectory.read(in, false, 40);
        assertThat(inner.numbers(0x9214)).containsExactly(96, 48, 20, 24);
        assertThat(inner.numbers(0xA214)).containsExactly(14, 18);
        assertThat(inner.rational(0xA20E)).isEqualTo(2 * 3_000.5);
        TiffDirectory related = TiffDirectory.read(in, false, 120);
        assertThat(related.number(0x1001, 0)).isEqualTo(192);
        assertThat(TiffDirectory.read(in, false, 8).number(0x0100, 0)).isEqualTo(192);
    }

    @Test
    void whatIsCutOffCostsNothingElse() {
        byte[] whole = exposure();
        for (int length = 34; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            byte[] exif = Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(cut), DOUBLED))
                    .bytes();

            assertThat(TiffDirectory.read(Bytes.bigEndian(exif), false, 8).number(0x0100, 0))
                    .isEqualTo(192);
        }
    }

    @Test
    void areaOfATurnedPictureIsTurned() {
        NewSize turned = new NewSize(6, new PictureFormat(48, 96, 3, 8), new PictureFormat(48, 96, 3, 8));

        byte[] exif = Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(exposure()), turned))
                .bytes();

        assertThat(TiffDirectory.read(Bytes.bigEndian(exif), false, 40).numbers(0x9214))
                .containsExactly(23, 48, 12, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s='%s'", " %s = \"%s\"", "<%s>%s</%1$s>"})
    void pixelsInXmpAreBroughtUpToDate(String written) {
        List<String> fields = List.of(
                "tiff:ImageWidth 96 192",
                "tiff:ImageLength 48 96",
                "exif:PixelXDimension 7 192",
                "exif:PixelYDimension 7 96",
                "GPano:FullPanoWidthPixels 96 192",
                "GPano:FullPanoHeightPixels 48 96",
                "GPano:CroppedAreaImageWidthPixels 90 180",
                "GPano:CroppedAreaImageHeightPixels 40 80",
                "GPano:CroppedAreaLeftPixels 3 6",
                "GPano:CroppedAreaTopPixels 0 0",
                "GPano:InitialViewHeadingDegrees 90 90",
                "GCamera:MotionPhoto 1 0",
                "tiff:Orientation 6 6",
                "tiff:Make 5 5");
        for (String field : fields) {
            String[] parts = field.split(" ", -1);

            assertThat(patched(String.format(written, parts[0], parts[1]), DOUBLED))
                    .isEqualTo(String.format(written, parts[0], parts[2]));
        }
    }

    @Test
    void regionsOfFacesAreMeasuredAgainstTheNewSizeUnlessTheyWereTurned() {
        String attributes = "<mwg-rs:AppliedToDimensions stDim:w='96' stDim:h='48' stDim:unit='pixel'/>";
        String elements = "<mwg-rs:AppliedToDimensions rdf:parseType='Resource'>\n <stDim:h>48</stDim:h>\n"
                + " <stDim:w>96.0</stDim:w>\n</mwg-rs:AppliedToDimensions>";
        String elsewhere = "<xmpTPg:MaxPageSize stDim:w='96' stDim:h='48'/>";

        assertThat(patched(attributes, DOUBLED)).contains("w='192'", "h='96'");
        assertThat(patched(elements, DOUBLED)).contains("w>192<", "h>96<");
        assertThat(patched(elsewhere, DOUBLED)).isEqualTo(elsewhere);
        assertThat(patched(attributes, new NewSize(6, DOUBLED.input(), DOUBLED.output())))
                .isEqualTo(attributes);
    }

    @Test
    void xmpOfATurnedPictureIsUpright() {
        NewSize turned = new NewSize(6, DOUBLED.input(), DOUBLED.output());

        assertThat(patched("tiff:Orientation='6'", turned)).isEqualTo("tiff:Orientation='1'");
        assertThat(patched("<tiff:Orientation>8</tiff:Orientation>", turned)).contains(">1<");
    }

    @Test
    @Tag("data")
    void panoramaStaysAWholeOne() throws IOException {
        DecodedPicture pano =
                ImageReader.read(TestData.require("cases/bug-xmp-sizes/pano.jpg"), ImageLimits.defaults());

        ImageMetadata now = pano.metadata().forOutput(pano.picture().format(), DOUBLED.output());

        String xmp = new String(Objects.requireNonNull(now.xmp()).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(xmp)
                .doesNotContain(">96</GPano:FullPanoWidth", ">48</GPano:FullPanoHeight")
                .contains("192");
    }

    private static String patched(String packet, NewSize size) {
        MetadataBytes xmp = new MetadataBytes(packet.getBytes(StandardCharsets.ISO_8859_1));
        return new String(XmpPatch.upright(xmp, size).bytes(), StandardCharsets.ISO_8859_1);
    }

    /** EXIF data with one tag, whose values stand behind the directory if they do not fit in. */
    private static byte[] exif(ByteOrder order, int tag, int type, int value, int count) {
        ByteBuffer out = ByteBuffer.allocate(60).order(order);
        out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 42).putInt(8).putShort((short) 1);
        out.putShort((short) tag).putShort((short) type).putInt(count);
        int size = type == BYTE ? 1 : type == SHORT ? 2 : 4;
        if (size * count > 4) {
            out.putInt(26 + 4);
            out.position(26 + 4);
        }
        for (int i = 0; i < count; i++) {
            switch (type) {
                case BYTE -> out.put((byte) value);
                case SHORT -> out.putShort((short) value);
                case LONG -> out.putInt(value);
                default -> out.putInt(value);
            }
        }
        return out.array();
    }

    /** The stored width, and in the directory of the exposure area and place of the subject, resolution of the sensor, and a size. */
    private static byte[] exposure() {
        ByteBuffer out = ByteBuffer.allocate(160).put("MM\0*".getBytes(StandardCharsets.US_ASCII));
        out.putInt(8).putShort((short) 2);
        entry(out, 0x0100, LONG, 1, 96);
        entry(out, 0x8769, LONG, 1, 40);
        out.position(40).putShort((short) 4);
        entry(out, 0x9214, SHORT, 4, 100);
        entry(out, 0xA005, LONG, 1, 120);
        entry(out, 0xA20E, 5, 1, 108);
        entry(out, 0xA214, SHORT, 2, 7 << 16 | 9);
        out.position(100)
                .putShort((short) 48)
                .putShort((short) 24)
                .putShort((short) 10)
                .putShort((short) 12);
        out.putInt(6_001).putInt(2);
        out.position(120).putShort((short) 1);
        entry(out, 0x1001, SHORT, 1, 96 << 16);
        return out.array();
    }

    private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
