package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Metadata as a camera and an archive write it, and what another reader finds of it in a file. */
final class MetadataFiles {
    static final String MAKER = "Repsr Optics";

    private MetadataFiles() {}

    /** All kinds of metadata, of a picture stored lying on its side. */
    static ImageMetadata full() {
        return new ImageMetadata(
                new IccProfile(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData()),
                new ImageMetadata.Density(300, 150),
                6,
                new MetadataBytes(exif()),
                new MetadataBytes(xmp()),
                new MetadataBytes(iptc()));
    }

    /** The same for a picture that was turned and enlarged to this size. */
    static ImageMetadata kept(int width, int height) {
        return full().forOutput(new PictureFormat(3, 4, 3, 8), new PictureFormat(width, height, 3, 8));
    }

    /** Maker, orientation 6, exposure with the old size, place, and a preview of four bytes. */
    static byte[] exif() {
        ByteBuffer out = ByteBuffer.allocate(300).put("MM\0*".getBytes(StandardCharsets.US_ASCII));
        out.putInt(8);
        out.putShort((short) 4);
        entry(out, 0x010F, 2, MAKER.length() + 1, 100);
        entry(out, 0x0112, 3, 1, 6 << 16);
        entry(out, 0x8769, 4, 1, 120);
        entry(out, 0x8825, 4, 1, 170);
        out.putInt(220);
        out.position(100).put((MAKER + "\0").getBytes(StandardCharsets.US_ASCII));
        out.position(120).putShort((short) 3);
        entry(out, 0x829A, 5, 1, 162);
        entry(out, 0xA002, 3, 1, 40 << 16);
        entry(out, 0xA003, 4, 1, 30);
        out.putInt(0);
        out.position(162).putInt(1).putInt(125);
        out.position(170).putShort((short) 2);
        entry(out, 1, 2, 2, 'N' << 24);
        entry(out, 2, 5, 3, 196);
        out.putInt(0);
        out.position(196).putInt(47).putInt(1).putInt(30).putInt(1);
        out.position(220).putShort((short) 2);
        entry(out, 0x0201, 4, 1, 250);
        entry(out, 0x0202, 4, 1, 4);
        out.putInt(0);
        out.position(250).putInt(0xFFD8FFD9);
        return out.array();
    }

    private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    static byte[] xmp() {
        return ("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                        + "<rdf:Description rdf:about='' xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'"
                        + " tiff:Make='Öptics'/></rdf:RDF></x:xmpmeta>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A caption. */
    static byte[] iptc() {
        byte[] caption = "A hill".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(5 + caption.length)
                .put(new byte[] {0x1C, 2, 120, 0, (byte) caption.length})
                .put(caption)
                .array();
    }

    static void assertDescribes(@Nullable MetadataBytes exif) {
        ExifTags tags = ExifTags.of(Objects.requireNonNull(exif));
        assertThat(tags.main())
                .anySatisfy(tag -> assertThat(new String(tag.value(), StandardCharsets.US_ASCII))
                        .startsWith(MAKER));
        assertThat(tags.exposure()).extracting(ExifTags.Tag::number).contains(0x829A);
        assertThat(tags.place()).extracting(ExifTags.Tag::number).contains(1, 2);
    }

    /** Checks with metadata-extractor that a file says everything, for an upright picture of this size. */
    static void assertFoundByOthers(byte[] file, int width, int height, boolean iptc, boolean profile)
            throws IOException {
        Metadata found = extract(file);
        ExifIFD0Directory main = found.getFirstDirectoryOfType(ExifIFD0Directory.class);
        assertThat(main.getString(ExifIFD0Directory.TAG_MAKE)).isEqualTo(MAKER);
        assertThat(main.getInteger(ExifIFD0Directory.TAG_ORIENTATION)).isEqualTo(1);
        ExifSubIFDDirectory exposure = found.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        assertThat(exposure.getRational(ExifSubIFDDirectory.TAG_EXPOSURE_TIME).getDenominator())
                .isEqualTo(125);
        assertThat(exposure.getInteger(ExifSubIFDDirectory.TAG_EXIF_IMAGE_WIDTH))
                .isEqualTo(width);
        assertThat(exposure.getInteger(ExifSubIFDDirectory.TAG_EXIF_IMAGE_HEIGHT))
                .isEqualTo(height);
        assertThat(found.getFirstDirectoryOfType(GpsDirectory.class).getString(GpsDirectory.TAG_LATITUDE_REF))
                .isEqualTo("N");
        assertThat(found.getFirstDirectoryOfType(ExifThumbnailDirectory.class)).isNull();
        var properties = found.getFirstDirectoryOfType(XmpDirectory.class).getXmpProperties();
        assertThat(properties).containsEntry("tiff:Orientation", "1").containsEntry("tiff:Make", "Öptics");
        assertThat(found.getFirstDirectoryOfType(IccDirectory.class) != null).isEqualTo(profile);
        if (iptc) {
            assertThat(found.getFirstDirectoryOfType(IptcDirectory.class).getString(IptcDirectory.TAG_CAPTION))
                    .isEqualTo("A hill");
        }
    }

    static Metadata extract(byte[] file) throws IOException {
        try {
            return ImageMetadataReader.readMetadata(new ByteArrayInputStream(file));
        } catch (ImageProcessingException e) {
            throw new IOException(e);
        }
    }
}
