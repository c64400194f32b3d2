package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a picture says besides its pixels comes through every format that can hold it, and others find it there. */
class MetadataTest {
    private static final ImageMetadata KEPT = MetadataFiles.full().forOutput(9, 7);

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
                Objects.requireNonNull(ExifPatch.upright(new MetadataBytes(MetadataFiles.exif()), 70_000, 5));

        ExifTags tags = ExifTags.of(wide);

        assertThat(tags.exposure())
                .filteredOn(tag -> tag.number() == 0xA002)
                .singleElement()
                .satisfies(
                        tag -> assertThat(Bytes.bigEndian(tag.value()).u32(0)).isEqualTo(70_000));
    }

    @Test
    void exifThatMakesNoSenseIsLeftOut() {
        assertThat(ExifPatch.upright(new MetadataBytes(new byte[] {1, 2, 3}), 1, 1))
                .isNull();
        assertThat(ExifPatch.upright(
                        new MetadataBytes("MM\0*\0\0\1\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), 1, 1))
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
