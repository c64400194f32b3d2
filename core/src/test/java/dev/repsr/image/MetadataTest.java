package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a picture says besides its pixels comes through every format that can hold it, and others find it there. */
class MetadataTest {
    private static final ImageMetadata KEPT = MetadataFiles.kept(9, 7);

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void othersFindEverything(ImageType type) throws IOException {
        byte[] file = write(KEPT, type);

        MetadataFiles.assertFoundByOthers(file, 9, 7, type == ImageType.JPEG || type == ImageType.TIFF, true);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void weReadWhatWeWrote(ImageType type) throws IOException {
        ImageMetadata back = ImageReaderTest.read(write(KEPT, type)).metadata();

        assertThat(back.profile()).isEqualTo(KEPT.profile());
        assertThat(back.xmp()).isEqualTo(KEPT.xmp());
        assertThat(back.iptc()).isEqualTo(type == ImageType.WEBP ? null : KEPT.iptc());
        assertThat(back.orientation()).isEqualTo(1);
        MetadataFiles.assertDescribes(back.exif());
        if (type != ImageType.TIFF) {
            assertThat(back.exif()).isEqualTo(KEPT.exif());
        }
    }

    @Test
    void coloursAloneSayNothingOfPlaceAndMaker() {
        ImageMetadata full = MetadataFiles.full();

        assertThat(full.ofColours()).isEqualTo(new ImageMetadata(full.profile(), null, 1));
    }

    @Test
    void orientationSizeAndPreviewAreBroughtUpToDate() {
        byte[] exif = Objects.requireNonNull(KEPT.exif()).bytes();
        byte[] before = MetadataFiles.exif();

        assertThat(ExifOrientation.of(before, 0, before.length)).isEqualTo(6);
        assertThat(ExifOrientation.of(exif, 0, exif.length)).isEqualTo(1);
        assertThat(exif).hasSameSizeAs(before);
        assertThat(Bytes.bigEndian(exif).u32(250)).as("preview").isZero();
        assertThat(Bytes.bigEndian(before).u32(250)).isEqualTo(0xFFD8FFD9L);
    }

    @Test
    void aSideOfMoreThanASixteenBitNumberIsStatedAsALongOne() {
        MetadataBytes wide =
                Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(MetadataFiles.exif()), turned(70_000, 5)));

        ExifTags tags = ExifTags.of(wide);

        assertThat(tags.exposure())
                .filteredOn(tag -> tag.number() == 0xA002)
                .singleElement()
                .satisfies(
                        tag -> assertThat(Bytes.bigEndian(tag.value()).u32(0)).isEqualTo(70_000));
    }

    @Test
    void exifThatMakesNoSenseIsLeftOut() {
        assertThat(ExifPatch.upright(new MetadataBytes(new byte[] {1, 2, 3}), turned(1, 1)))
                .isNull();
        assertThat(ExifPatch.upright(
                        new MetadataBytes("MM\0*\0\0\1\0".getBytes(StandardCharsets.US_ASCII)), turned(1, 1)))
                .isNull();
    }

    @Test
    void lossesAreNamed() {
        PictureFormat deep = new PictureFormat(9, 7, 3, 16);

        assertThat(ImageWriter.losses(deep, KEPT, ImageType.PNG)).isEmpty();
        assertThat(ImageWriter.losses(deep, KEPT, ImageType.TIFF)).isEmpty();
        assertThat(ImageWriter.losses(deep, KEPT, ImageType.JPEG))
                .singleElement()
                .asString()
                .contains("16");
        assertThat(ImageWriter.losses(deep, KEPT, ImageType.WEBP)).hasSize(2);
        assertThat(ImageWriter.losses(deep, KEPT, ImageType.GIF)).hasSize(5);
        ImageMetadata long64 = new ImageMetadata(null, null, 1, new MetadataBytes(new byte[65_600]), null, null);
        assertThat(ImageWriter.losses(deep.resized(1, 1), long64, ImageType.JPEG))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void profileThatDoesNotFitTheColoursIsSaidToBeLeftOutAndIs(ImageType type) throws IOException {
        for (String colours : List.of("GRAY", "CMYK")) {
            ImageMetadata metadata = withProfile(PictureFiles.profile(colours, 200));

            assertThat(ImageWriter.losses(new PictureFormat(9, 7, 3, 8), metadata, type))
                    .singleElement()
                    .asString()
                    .contains("colour profile");
            assertThat(ImageReaderTest.read(write(metadata, type)).metadata().profile())
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void profileThatIsCutOffIsLeftOutWithAWarning(ImageType type) throws IOException {
        byte[] whole = PictureFiles.profile("RGB ", 3_000);
        for (byte[] broken : List.of(Arrays.copyOf(whole, 200), Arrays.copyOf(whole, 2_999), Arrays.copyOf(whole, 5))) {
            DecodedPicture decoded = ImageReaderTest.read(write(withProfile(broken), type));

            assertThat(decoded.metadata().profile()).isNull();
            // What says nothing of RGB is not even written.
            assertThat(decoded.warnings()).hasSize(broken.length < 20 ? 0 : 1);
        }
    }

    @Test
    void profileWhoseLastPartIsMissingIsLeftOutWithAWarning() throws IOException {
        byte[] jpeg = write(withProfile(PictureFiles.profile("RGB ", 150_000)), ImageType.JPEG);
        String marks = new String(jpeg, StandardCharsets.ISO_8859_1);
        int third = marks.indexOf("ICC_PROFILE\0\3") - 4;
        int length = 2 + Bytes.bigEndian(jpeg).u16(third + 2);
        byte[] missing =
                PictureFiles.concat(Arrays.copyOf(jpeg, third), Arrays.copyOfRange(jpeg, third + length, jpeg.length));

        DecodedPicture decoded = ImageReaderTest.read(missing);

        assertThat(ImageReaderTest.read(jpeg).metadata().profile()).isNotNull();
        assertThat(decoded.metadata().profile()).isNull();
        assertThat(decoded.warnings()).singleElement().asString().contains("profile");
    }

    @Test
    void dataThatJustFitsASegmentIsWrittenAndOneByteMoreIsALoss() throws IOException {
        PictureFormat format = new PictureFormat(9, 7, 3, 8);
        for (int extra = 0; extra <= 1; extra++) {
            MetadataBytes xmp = new MetadataBytes(new byte[JpegOutput.MAX_SEGMENT - JpegOutput.XMP.length() + extra]);
            ImageMetadata metadata = new ImageMetadata(null, null, 1, null, xmp, null);

            assertThat(ImageWriter.losses(format, metadata, ImageType.JPEG)).hasSize(extra);
            assertThat(ImageReaderTest.read(write(metadata, ImageType.JPEG))
                            .metadata()
                            .xmp())
                    .isEqualTo(extra == 0 ? xmp : null);
        }
    }

    private static ImageMetadata withProfile(byte[] profile) {
        return new ImageMetadata(new IccProfile(profile), null, 1);
    }

    private static NewSize turned(int width, int height) {
        return new NewSize(6, new PictureFormat(1, 1, 3, 8), new PictureFormat(width, height, 3, 8));
    }

    private static byte[] write(ImageMetadata metadata, ImageType type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.write(
                TestPictures.noise(9, 7, 3, 8, 1).rows(),
                type,
                EncodeOptions.defaults().withMetadata(metadata),
                out);
        return out.toByteArray();
    }
}
