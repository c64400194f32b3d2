package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a PNG says of its colours and in its texts goes into another PNG as it came, and is a warning elsewhere. */
class PngChunksTest {
    private static final int HEADER_END = 33;
    private static final byte[] GAMMA_OF_SRGB = {0, 0, (byte) 0xB1, (byte) 0x8F};

    @ParameterizedTest
    @ValueSource(
            strings = {"cICP:4", "mDCV:24", "cLLI:8", "gAMA:4", "cHRM:32", "sRGB:1", "tEXt:40", "zTXt:40", "iTXt:40"})
    void everyKindOfChunkIsKeptByteForByteInFrontOfThePixels(String kind) throws IOException {
        String name = kind.substring(0, 4);
        byte[] content = content(Integer.parseInt(kind.substring(5)));

        byte[] again = written(ImageReaderTest.read(before(name, content)), ImageType.PNG);

        assertThat(chunks(again).indexOf(name))
                .isPositive()
                .isLessThan(chunks(again).indexOf("IDAT"));
        assertThat(content(again, name)).isEqualTo(content);
    }

    @Test
    void textsBehindThePixelsAreKeptToo() throws IOException {
        byte[] text = "parameters\0a photo of a cat\nSteps: 20".getBytes(StandardCharsets.ISO_8859_1);

        byte[] again = written(ImageReaderTest.read(behind("tEXt", text)), ImageType.PNG);

        assertThat(content(again, "tEXt")).isEqualTo(text);
    }

    @Test
    void exifBehindThePixelsIsKeptThereAndTurnsNothing() throws IOException {
        byte[] exif = MetadataFiles.exif();

        DecodedPicture decoded = ImageReaderTest.read(behind("eXIf", exif));
        byte[] again = written(decoded, ImageType.PNG);

        assertThat(decoded.picture().width()).isEqualTo(9);
        assertThat(chunks(again).indexOf("eXIf")).isGreaterThan(chunks(again).indexOf("IDAT"));
        assertThat(ExifOrientation.of(content(again, "eXIf"), 0, exif.length)).isEqualTo(6);
        MetadataFiles.assertDescribes(ImageReaderTest.read(again).metadata().exif());
        assertThat(ImageReaderTest.read(again).picture().width()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exif", "APP1"})
    void exifThatImageMagickWroteAsTextIsExif(String kind) throws IOException {
        byte[] raw = PictureFiles.concat(JpegOutput.EXIF.getBytes(StandardCharsets.ISO_8859_1), MetadataFiles.exif());
        String digits = HexFormat.of().formatHex(raw).replaceAll("(.{72})", "$1\n");
        byte[] text = deflated("\n" + kind.toLowerCase(Locale.ROOT) + "\n    " + raw.length + "\n" + digits);
        byte[] head = ("Raw profile type " + kind + "\0\0").getBytes(StandardCharsets.ISO_8859_1);

        DecodedPicture decoded = ImageReaderTest.read(before("zTXt", PictureFiles.concat(head, text)));

        MetadataFiles.assertDescribes(decoded.metadata().exif());
        assertThat(decoded.picture().width()).isEqualTo(9);
        assertThat(decoded.metadata().chunks()).isEmpty();
    }

    @Test
    void compressedXmpIsXmp() throws IOException {
        byte[] head = "XML:com.adobe.xmp\0\1\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] packet = deflated(new String(MetadataFiles.xmp(), StandardCharsets.ISO_8859_1));

        ImageMetadata metadata = ImageReaderTest.read(before("iTXt", PictureFiles.concat(head, packet)))
                .metadata();

        assertThat(metadata.xmp()).isEqualTo(new MetadataBytes(MetadataFiles.xmp()));
        assertThat(metadata.chunks()).isEmpty();
    }

    @Test
    void otherFormatsWarnOfTextsByTheirNames() throws IOException {
        ImageMetadata metadata = ImageReaderTest.read(
                        before("tEXt", "parameters\0a cat".getBytes(StandardCharsets.ISO_8859_1)))
                .metadata();

        for (ImageType type : List.of(ImageType.JPEG, ImageType.TIFF, ImageType.WEBP, ImageType.GIF)) {
            assertThat(ImageWriter.losses(new PictureFormat(9, 7, 3, 8), metadata, type))
                    .singleElement()
                    .asString()
                    .contains("parameters", type.title());
        }
    }

    @Test
    void otherFormatsWarnOfColoursThatAreNotThoseOfSrgb() throws IOException {
        assertThat(losses("cICP", new byte[] {9, 16, 0, 1}))
                .singleElement()
                .asString()
                .contains("cICP");
        assertThat(losses("gAMA", new byte[] {0, 1, (byte) 0x86, (byte) 0xA0}))
                .singleElement()
                .asString()
                .contains("gAMA");
        assertThat(losses("cHRM", new byte[32])).hasSize(1);
        assertThat(losses("cICP", new byte[] {1, 13, 0, 1})).isEmpty();
        assertThat(losses("gAMA", GAMMA_OF_SRGB)).isEmpty();
        assertThat(losses("sRGB", new byte[1])).isEmpty();
    }

    @Test
    void colourChunkOfAnImpossibleLengthIsLeftOutWithAWarning() throws IOException {
        DecodedPicture decoded = ImageReaderTest.read(before("cICP", new byte[3]));

        assertThat(decoded.warnings()).singleElement().asString().contains("cICP");
        assertThat(decoded.metadata().chunks()).isEmpty();
    }

    @Test
    void countlessChunksBehindThePixelsCostTheRestOfThem() throws IOException {
        byte[] png = plain();
        List<byte[]> parts = new ArrayList<>(List.of(Arrays.copyOf(png, png.length - 12)));
        for (int i = 0; i < 600; i++) {
            parts.add(PictureFiles.chunk("tEXt", new byte[] {'a', 0, 'b'}));
        }
        parts.add(Arrays.copyOfRange(png, png.length - 12, png.length));

        DecodedPicture decoded = ImageReaderTest.read(PictureFiles.concat(parts.toArray(byte[][]::new)));

        assertThat(decoded.metadata().chunks()).hasSize(512);
        assertThat(decoded.warnings()).singleElement().asString().contains("behind its pixels");
    }

    private static List<String> losses(String name, byte[] content) throws IOException {
        ImageMetadata metadata = ImageReaderTest.read(before(name, content)).metadata();
        return ImageWriter.losses(new PictureFormat(9, 7, 3, 8), metadata, ImageType.JPEG);
    }

    private static byte[] plain() throws IOException {
        return TestPictures.encode(TestPictures.noise(9, 7, 3, 8, 1), ImageType.PNG);
    }

    private static byte[] before(String name, byte[] content) throws IOException {
        byte[] png = plain();
        return PictureFiles.concat(
                Arrays.copyOf(png, HEADER_END),
                PictureFiles.chunk(name, content),
                Arrays.copyOfRange(png, HEADER_END, png.length));
    }

    private static byte[] behind(String name, byte[] content) throws IOException {
        byte[] png = plain();
        return PictureFiles.concat(
                Arrays.copyOf(png, png.length - 12),
                PictureFiles.chunk(name, content),
                Arrays.copyOfRange(png, png.length - 12, png.length));
    }

    /** Letters, so that texts have a keyword, with a zero in the middle. */
    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i == 8 ? 0 : 'a' + i % 26);
        }
        return content;
    }

    private static byte[] deflated(String text) {
        return PictureFiles.deflated(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] written(DecodedPicture decoded, ImageType type) throws IOException {
        PictureFormat format = decoded.picture().format();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.write(
                decoded.picture().rows(),
                type,
                EncodeOptions.defaults().withMetadata(decoded.metadata().forOutput(format, format)),
                out);
        return out.toByteArray();
    }

    private static List<String> chunks(byte[] png) {
        List<String> names = new ArrayList<>();
        for (int at = 8; at < png.length; at += 12 + (int) Bytes.bigEndian(png).u32(at)) {
            names.add(new String(png, at + 4, 4, StandardCharsets.US_ASCII));
        }
        return names;
    }

    private static byte[] content(byte[] png, String name) {
        for (int at = 8; at < png.length; at += 12 + (int) Bytes.bigEndian(png).u32(at)) {
            if (Bytes.bigEndian(png).has(at + 4L, name)) {
                return Bytes.bigEndian(png)
                        .copy(at + 8L, (int) Bytes.bigEndian(png).u32(at));
            }
        }
        return Objects.requireNonNull(null, "no chunk " + name);
    }
}
