package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.TestPictures;
import dev.repsr.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Inflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF against the JDK's own encoder and decoder, and against files put together by hand. */
class TiffTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 8, true",
        "2, 8, true",
        "3, 8, true",
        "4, 8, true",
        "1, 16, true",
        "2, 16, true",
        "3, 16, true",
        "4, 16, true",
        "3, 8, false",
        "4, 16, false"
    })
    void whatIsWrittenIsReadAgain(int channels, int bits, boolean deflated) throws IOException {
        Picture picture = TestPictures.noise(301, 203, channels, bits, 5);

        byte[] file = deflated ? toFile(picture, EncodeOptions.defaults()) : toStream(picture);
        DecodedPicture back = ImageReaderTest.read(file);

        assertThat(back.type()).isEqualTo(ImageType.TIFF);
        assertThat(back.warnings()).isEmpty();
        assertThat(back.picture()).isEqualTo(picture);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, true", "3, 8, true", "4, 8, true", "3, 8, false", "4, 8, false", "1, 16, false", "3, 16, false"})
    void anotherDecoderReadsWhatIsWritten(int channels, int bits, boolean deflated) throws IOException {
        Picture picture = TestPictures.noise(61, 43, channels, bits, 6);
        byte[] file = deflated ? toFile(picture, EncodeOptions.defaults()) : toStream(picture);

        var raster = ImageIO.read(new java.io.ByteArrayInputStream(file)).getRaster();

        assertThat(raster.getNumBands()).isEqualTo(channels);
        for (int y = 0; y < 43; y++) {
            for (int x = 0; x < 61; x++) {
                for (int c = 0; c < channels; c++) {
                    assertThat(raster.getSample(x, y, c)).isEqualTo(picture.sample(x, y, c));
                }
            }
        }
    }

    /** Java's own decoder does not know it, so it is undone by the letter of the specification. */
    @Test
    void differencesOfSixteenBitsAreThoseOfTheSpecification() throws Exception {
        Picture picture = TestPictures.noise(5, 1, 3, 16, 2);
        byte[] file = toFile(picture, EncodeOptions.defaults());
        Inflater inflater = new Inflater();
        inflater.setInput(file, 8, file.length - 8);
        byte[] strip = new byte[30];
        assertThat(inflater.inflate(strip)).isEqualTo(30);
        inflater.end();
        ShortBuffer values =
                ByteBuffer.wrap(strip).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int i = 3; i < 15; i++) {
            values.put(i, (short) (values.get(i) + values.get(i - 3)));
        }
        for (int i = 0; i < 15; i++) {
            assertThat(values.get(i) & 0xFFFF).isEqualTo(picture.sample(i / 3, 0, i % 3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LZW, 8, false",
        "LZW, 8, true",
        "Deflate, 8, false",
        "ZLib, 8, true",
        "PackBits, 8, false",
        "PackBits, 8, true",
        "LZW, 16, false",
        "ZLib, 16, true"
    })
    void compressionsAndTilesOfAnotherEncoderAreRead(String compression, int bits, boolean tiled) throws IOException {
        Picture picture = TestPictures.noise(70, 45, 3, bits, 7);

        byte[] file = jdkTiff(picture, compression, tiled);

        assertThat(ImageReaderTest.read(file).picture()).isEqualTo(picture);
    }

    @Test
    void softPictureSurvivesLzwOfManyTables() throws IOException {
        byte[] samples = new byte[400 * 300];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % 400 / 7 + i / 400 / 5);
        }
        Picture picture = Picture.of(new PictureFormat(400, 300, 1, 8), samples);

        assertThat(ImageReaderTest.read(jdkTiff(picture, "LZW", false)).picture())
                .isEqualTo(picture);
    }

    @Test
    void bigTiffIsReadInBothByteOrders() throws ImageRefused {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Picture picture = ImageReaderTest.read(bigTiff(order)).picture();

            assertThat(picture.format()).isEqualTo(new PictureFormat(3, 2, 1, 16));
            assertThat(picture.sample(0, 0, 0)).isEqualTo(0x0102);
            assertThat(picture.sample(2, 1, 0)).isEqualTo(0x0B0C);
        }
    }

    @Test
    void moreThanFourGibibytesAreBigTiff() throws IOException {
        PictureFormat huge = new PictureFormat(40_000, 40_000, 3, 8);
        byte[] head = new byte[16];
        TiffLayout big = new TiffLayout(true, ExifTags.of(new MetadataBytes(new byte[0])), huge, 2, true);

        System.arraycopy(big.header(0x1_0000_0000L), 0, head, 0, 16);

        Bytes in = new Bytes(head, 0, 16, big.order());
        assertThat(in.u16(2)).isEqualTo(43);
        assertThat(in.u64(8)).isEqualTo(0x1_0000_0000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bigDirectoryIsReadBack(boolean exif) throws ImageRefused {
        ImageMetadata metadata = MetadataFiles.full();
        PictureFormat format = new PictureFormat(2, 2, 1, 8);
        ExifTags tags = exif
                ? ExifTags.of(java.util.Objects.requireNonNull(metadata.exif()))
                : ExifTags.of(new MetadataBytes(new byte[0]));
        TiffLayout layout = new TiffLayout(true, tags, format, 2, false);
        int directory = layout.directoryBytes(1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(layout.header(16));
        file.writeBytes(layout.directory(16, new long[] {16 + directory}, new long[] {4}));
        file.writeBytes(new byte[] {1, 2, 3, 4});

        DecodedPicture decoded = ImageReaderTest.read(file.toByteArray());

        assertThat(decoded.picture().sample(1, 1, 0)).isEqualTo(4);
        assertThat(decoded.metadata().exif() != null).isEqualTo(exif);
        if (exif) {
            assertThat(decoded.metadata().exif()).isEqualTo(tags.block());
        }
    }

    @Test
    void metadataIsWritten() throws IOException {
        ImageMetadata metadata = MetadataFiles.kept(5, 4);
        Picture picture = TestPictures.noise(5, 4, 3, 8, 1);

        DecodedPicture back =
                ImageReaderTest.read(toFile(picture, EncodeOptions.defaults().withMetadata(metadata)));

        assertThat(back.picture()).isEqualTo(picture);
        assertThat(back.metadata().profile()).isEqualTo(metadata.profile());
        assertThat(back.metadata().density()).isEqualTo(metadata.density());
        assertThat(back.metadata().xmp()).isEqualTo(metadata.xmp());
        assertThat(back.metadata().iptc()).isEqualTo(metadata.iptc());
        assertThat(back.metadata().orientation()).isEqualTo(1);
        MetadataFiles.assertDescribes(back.metadata().exif());
    }

    @Test
    void stripsThatAreMissingOrShortAreRefused() throws IOException {
        byte[] file = toStream(TestPictures.noise(50, 40, 3, 8, 3));
        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class, () -> ImageReaderTest.read(Arrays.copyOf(file, file.length - 1)));

        assertThat(refused.reason()).isEqualTo(ImageRefused.Reason.DAMAGED);
    }

    @Test
    void kindsThatAreNotReadAreNamed() throws IOException {
        byte[] file = toStream(TestPictures.noise(5, 4, 3, 8, 3));
        Bytes in = new Bytes(file, 0, file.length, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < in.u16(8); i++) {
            int entry = 10 + 12 * i;
            if (in.u16(entry) == 259) {
                file[entry + 8] = 7;
            }
        }
        ImageRefused refused = catchThrowableOfType(ImageRefused.class, () -> ImageReaderTest.read(file));

        assertThat(refused.reason()).isEqualTo(ImageRefused.Reason.UNSUPPORTED);
        assertThat(refused).hasMessageContaining("compressed in a way that is not read (7)");
    }

    private byte[] toFile(Picture picture, EncodeOptions options) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%08x.tif", picture.hashCode()));
        AtomicFile.write(file, out -> ImageWriter.write(picture.rows(), ImageType.TIFF, options, out));
        return Files.readAllBytes(file);
    }

    private static byte[] toStream(Picture picture) throws IOException {
        return TestPictures.encode(picture, ImageType.TIFF);
    }

    private static byte[] bigTiff(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(400).order(order);
        file.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
        int[][] tags = {{256, 3}, {257, 2}, {258, 16}, {259, 1}, {262, 1}, {273, 300}, {277, 1}, {278, 2}, {279, 12}};
        file.putLong(tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 3).putLong(1).putShort((short) tag[1]);
            file.putShort((short) 0).putInt(0);
        }
        file.position(300);
        for (int i = 0; i < 6; i++) {
            file.putShort((short) ((2 * i + 1) << 8 | 2 * i + 2));
        }
        return file.array();
    }

    private static byte[] jdkTiff(Picture picture, String compression, boolean tiled) throws IOException {
        var image = Pictures.image(picture);
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
        if (tiled) {
            param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            param.setTiling(32, 16, 0, 0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(
                    null,
                    new IIOImage(
                            image,
                            null,
                            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param)),
                    param);
        }
        writer.dispose();
        return out.toByteArray();
    }
}
