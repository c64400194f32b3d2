package dev.repsr.image;

import static dev.repsr.image.PictureFiles.chunk;
import static dev.repsr.image.PictureFiles.encoded;
import static dev.repsr.image.PictureFiles.png;
import static dev.repsr.image.PictureFiles.segment;
import static dev.repsr.image.PictureFiles.soft;
import static dev.repsr.image.PictureFiles.withSegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What broken, hostile and wrong files give. */
class ImageRefusalTest {
    @TempDir
    Path folder;

    @Test
    void textNamedPngIsNotAPicture() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "Dear diary, this is not a picture.");

        assertRefused(refusal(file), Reason.NOT_A_PICTURE, "notes.png", "not a picture");
    }

    @Test
    void missingFileFolderAndEmptyFileAreToldApart() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.png"));

        assertRefused(refusal(folder.resolve("none.png")), Reason.MISSING, "no file", "none.png");
        assertRefused(refusal(folder), Reason.NOT_A_PICTURE, "is a folder");
        assertRefused(refusal(empty), Reason.NOT_A_PICTURE, "is empty");
        assertRefused(refusal(empty.resolve("x.png")), Reason.MISSING, "x.png");
    }

    /** Pipes do not know how much will come, and files grow and shrink. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 1 << 20})
    void streamsAreReadToTheirEndWhateverTheySayOfIt(int available) throws IOException {
        byte[] file = encoded(soft(23, 17, BufferedImage.TYPE_INT_RGB), "png");
        InputStream in = new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int available() {
                return available;
            }
        };

        assertThat(ImageReader.read(in, "p", ImageLimits.defaults()).picture())
                .isEqualTo(ImageReaderTest.read(file).picture());
    }

    @Test
    void aLimitBelowTheFirstBytesIsALimitToo() throws IOException {
        byte[] file = encoded(soft(23, 17, BufferedImage.TYPE_INT_RGB), "png");
        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class,
                () -> ImageReader.read(new ByteArrayInputStream(file), "p", new ImageLimits(999, 999, 3)));

        assertRefused(refused, Reason.TOO_LARGE, "3 bytes");
    }

    @Test
    void formatsThatAreNotReadAreNamed() {
        byte[] avif = "\0\0\0 ftypavif\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

        assertRefused(refusal(avif), Reason.UNSUPPORTED, "an AVIF picture", "PNG or JPEG");
    }

    @Test
    void everyTruncationOfAPngIsRefusedOrWarnedAbout() throws IOException {
        byte[] whole = encoded(soft(23, 17, BufferedImage.TYPE_INT_RGB), "png");
        Picture picture = ImageReaderTest.read(whole).picture();

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == whole.length - 12) {
                // Only the end mark is missing.
                assertThat(ImageReaderTest.read(cut).picture()).isEqualTo(picture);
                assertThat(ImageReaderTest.read(cut).warnings()).hasSize(1);
            } else {
                assertThat(refusal(cut).reason()).isIn(Reason.DAMAGED, Reason.NOT_A_PICTURE);
            }
        }
    }

    @Test
    void everyTruncationOfAJpegIsRefusedOrWarnedAbout() throws IOException {
        byte[] whole = encoded(soft(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg");

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(ImageReaderTest.read(cut).warnings())
                        .as("cut at %s", length)
                        .isNotEmpty();
            } catch (ImageRefused e) {
                assertThat(e.reason()).isIn(Reason.DAMAGED, Reason.NOT_A_PICTURE);
            }
        }
        byte[] late = Arrays.copyOf(whole, whole.length - 40);
        assertThat(ImageReaderTest.read(late).picture().width()).isEqualTo(60);
    }

    @Test
    void flippedBitsGivePixelsOrARefusal() throws IOException {
        Random random = new Random(11);
        for (String format : new String[] {"png", "jpeg", "gif", "bmp", "tiff"}) {
            byte[] whole = encoded(soft(23, 17, BufferedImage.TYPE_INT_RGB), format);
            for (int round = 0; round < 300; round++) {
                byte[] broken = whole.clone();
                for (int flip = 0; flip <= round % 4; flip++) {
                    broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    assertThat(ImageReaderTest.read(broken).picture().width()).isPositive();
                } catch (ImageRefused e) {
                    assertThat(e).hasMessageContaining("the picture");
                }
            }
        }
    }

    @Test
    void wrongChecksumIsWarnedAbout() throws IOException {
        byte[] file = png(2, 1, 8, 0, new byte[] {0, 5, 6});
        file[file.length - 13] ^= 1;

        assertThat(ImageReaderTest.read(file).warnings())
                .singleElement()
                .asString()
                .contains("checksum");
    }

    @Test
    void hugeSizeIsRefusedFromTheHeader() {
        byte[] bomb = png(30_000, 30_000, 1, 0, new byte[1]);
        byte[] thin = png(70_000, 1, 1, 0, new byte[1]);

        assertRefused(refusal(bomb), Reason.TOO_LARGE, "30000x30000", "50000000");
        assertRefused(refusal(thin), Reason.TOO_LARGE, "65500");
        assertRefused(refusal(png(8, 0, 8, 0, new byte[1])), Reason.DAMAGED, "8x0");
        assertRefused(refusal(png(-1, -1, 8, 0, new byte[1])), Reason.TOO_LARGE, "4294967295");
    }

    @Test
    void limitsAreTheCallers() throws IOException {
        byte[] file = png(3, 2, 8, 0, new byte[8]);
        InputStream in = new ByteArrayInputStream(file);
        ImageRefused pixels =
                catchThrowableOfType(ImageRefused.class, () -> ImageReader.read(in, "p", ImageLimits.ofInputPixels(5)));
        ImageRefused bytes = catchThrowableOfType(
                ImageRefused.class,
                () -> ImageReader.read(new ByteArrayInputStream(file), "p", new ImageLimits(9, 9, file.length - 1)));

        assertRefused(pixels, Reason.TOO_LARGE, "3x2", "limit of 5");
        assertRefused(bytes, Reason.TOO_LARGE, "bytes");
        assertThat(ImageReader.read(new ByteArrayInputStream(file), "p", new ImageLimits(6, 1, file.length))
                        .picture()
                        .width())
                .isEqualTo(3);
    }

    @Test
    void pictureWithinTheLimitOfPixelsIsWithinThatOfBytesToo() {
        ImageLimits limits = ImageLimits.ofInputPixels(64_000_000);

        assertThat(ImageLimits.ofInputPixels(1).maxBytes()).isEqualTo(256L << 20);
        assertThat(limits.maxBytes()).isGreaterThanOrEqualTo(64_000_000L * 4 * 2);
        assertThat(ImageLimits.defaults().maxBytes()).isGreaterThanOrEqualTo(50_000_000L * 4 * 2);
    }

    @Test
    void slowHeaderOfManySegmentsIsRefusedAtOnce() throws Throwable {
        byte[] jpeg = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[][] segments = new byte[22_311][];
        Arrays.fill(segments, segment(0xFFE1, new byte[40]));
        byte[] slow = withSegments(jpeg, segments);

        CpuTime.assertAtMost(Duration.ofSeconds(1), () -> assertRefused(refusal(slow), Reason.TOO_LARGE, "segments"));
    }

    @Test
    void segmentShorterThanItsOwnLengthIsRefused() throws IOException {
        byte[] jpeg = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] broken = withSegments(jpeg, new byte[] {(byte) 0xFF, (byte) 0xE5, 0, 1});

        assertRefused(refusal(broken), Reason.DAMAGED, "segment of 1 bytes");
    }

    @Test
    void countlessScansAreRefused() throws IOException {
        byte[] jpeg = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "jpeg");
        int scan = lastIndexOf(jpeg, 0xDA);
        byte[] many = Arrays.copyOf(jpeg, scan + 200 * 14);
        for (int i = 0; i < 200; i++) {
            System.arraycopy(jpeg, scan, many, scan + 14 * i, 14);
        }

        assertRefused(refusal(many), Reason.TOO_LARGE, "scans");
    }

    @ParameterizedTest
    @CsvSource({
        "C0, 12, 12 bits a sample",
        "C1, 12, 12 bits a sample",
        "C3, 8, lossless",
        "C5, 8, hierarchical",
        "C6, 8, hierarchical",
        "C7, 8, lossless",
        "C9, 8, arithmetic coding",
        "CA, 8, arithmetic coding",
        "CB, 8, 'lossless, in arithmetic coding'",
        "CD, 8, hierarchical",
        "CF, 8, 'lossless, in arithmetic coding'"
    })
    void rareKindsOfJpegAreNamed(String marker, int bits, String kind) throws IOException {
        byte[] jpeg = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "jpeg");
        int frame = lastIndexOf(jpeg, 0xC0);
        jpeg[frame + 1] = (byte) Integer.parseInt(marker, 16);
        jpeg[frame + 4] = (byte) bits;

        assertRefused(refusal(jpeg), Reason.UNSUPPORTED, "rare kind (" + kind + "),");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void fillBytesBeforeAnyMarkerOfAJpegAreNothingToWarnOf(int count) throws IOException {
        byte[] jpeg = encoded(soft(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] fill = new byte[count];
        Arrays.fill(fill, (byte) 0xFF);
        Picture expected = ImageReaderTest.read(jpeg).picture();
        for (int marker : new int[] {0xDB, 0xC0, 0xC4, 0xDA, 0xD9}) {
            int at = lastIndexOf(jpeg, marker);
            byte[] filled =
                    PictureFiles.concat(Arrays.copyOf(jpeg, at), fill, Arrays.copyOfRange(jpeg, at, jpeg.length));

            DecodedPicture decoded = ImageReaderTest.read(filled);

            assertThat(decoded.warnings()).as("marker %x", marker).isEmpty();
            assertThat(decoded.picture()).isEqualTo(expected);
        }
        int tables = lastIndexOf(jpeg, 0xDB);
        byte[] stray = PictureFiles.concat(
                Arrays.copyOf(jpeg, tables), new byte[] {7}, Arrays.copyOfRange(jpeg, tables, jpeg.length));
        assertThat(ImageReaderTest.read(stray).warnings())
                .singleElement()
                .asString()
                .contains("stray");
    }

    @Test
    void metadataIsNeitherInflatedNorCountedOnTrust() throws IOException {
        byte[] zeros = new byte[IccProfile.MAX_BYTES + 1];
        byte[] deflated = PictureFiles.deflated(zeros);
        byte[] profile = ByteBuffer.allocate(deflated.length + 3)
                .put(new byte[] {'p', 0, 0})
                .put(deflated)
                .array();
        DecodedPicture decoded = ImageReaderTest.read(png(1, 1, 8, 0, new byte[2], chunk("iCCP", profile)));
        byte[][] texts = new byte[600][];
        Arrays.fill(texts, chunk("tEXt", new byte[] {'a', 0, 'b'}));

        assertThat(decoded.metadata().profile()).isNull();
        assertThat(decoded.warnings()).singleElement().asString().contains("profile");
        assertRefused(refusal(png(1, 1, 8, 0, new byte[2], texts)), Reason.TOO_LARGE, "chunks");
        assertRefused(
                refusal(png(1, 1, 8, 0, new byte[2], chunk("zTXt", new byte[9 << 20]))), Reason.TOO_LARGE, "metadata");
    }

    @Test
    void bmpWithAnotherFileInsideIsRefused() throws IOException {
        byte[] bmp = encoded(soft(8, 8, BufferedImage.TYPE_INT_RGB), "bmp");
        bmp[30] = 4;

        assertRefused(refusal(bmp), Reason.UNSUPPORTED, "inside");
    }

    @Test
    void decoderThatCannotBeLoadedIsARefusalWithItsReason() {
        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class,
                () -> DecodeThread.run("the picture", Deadline.in(ReadOptions.PATIENCE), () -> {
                    throw new UnsatisfiedLinkError("no room for the library\nat all");
                }));

        assertRefused(refused, Reason.UNSUPPORTED, "the picture", "decoder", "no room for the library)", "temporary");
    }

    @Test
    void failingStreamIsNotADamagedPicture() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class, () -> ImageReader.read(broken, "upload", ImageLimits.defaults()));

        assertRefused(refused, Reason.MISSING, "upload", "connection reset");
    }

    private static int lastIndexOf(byte[] jpeg, int marker) {
        for (int i = jpeg.length - 2; i >= 0; i--) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    private static ImageRefused refusal(byte[] file) {
        return catchThrowableOfType(ImageRefused.class, () -> ImageReaderTest.read(file));
    }

    private static ImageRefused refusal(Path file) {
        return catchThrowableOfType(ImageRefused.class, () -> ImageReader.read(file, ImageLimits.defaults()));
    }

    private static void assertRefused(ImageRefused refused, Reason reason, String... words) {
        assertThat(refused).isNotNull().hasMessageContainingAll(words);
        assertThat(refused.getMessage()).doesNotContain("\n");
        assertThat(refused.reason()).isEqualTo(reason);
    }
}
