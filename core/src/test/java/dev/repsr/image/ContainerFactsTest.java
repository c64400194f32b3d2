package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the containers of AVIF, HEIC and JPEG XL say, in files made by hand. */
class ContainerFactsTest {
    private static final byte[] NO_TURN = {};
    private static final byte[] DISPLAY_P3 = {'n', 'c', 'l', 'x', 0, 12, 0, 13, 0, 6, (byte) 0x80};
    private static final int FLIPS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "0, -1, 1", "1, -1, 8", "2, -1, 3", "3, -1, 6",
        "0, 0, 4", "1, 0, 5", "2, 0, 2", "3, 0, 7",
        "0, 1, 2", "1, 1, 7", "2, 1, 4", "3, 1, 5"
    })
    void rotationAndMirroringComeToAnOrientation(int angle, int axis, int orientation) {
        byte[] file = heif(box("irot", (byte) angle), axis < 0 ? NO_TURN : box("imir", (byte) axis), NO_TURN);

        ContainerFacts facts = ContainerFacts.of(ConvertedType.AVIF, file);

        assertThat(facts.orientation()).isEqualTo(orientation);
        ContainerFacts shown = ContainerFacts.of(ConvertedType.AVIF, facts.shown(ConvertedType.AVIF, file));
        assertThat(shown.orientation()).isEqualTo(1);
        assertThat(facts.shown(ConvertedType.HEIC, file)).isSameAs(file);
    }

    @Test
    void rotationAfterMirroringGoesTheOtherWay() {
        byte[] file = heif(box("imir", (byte) 1), box("irot", (byte) 1), NO_TURN);

        // Left and right exchanged, then a quarter against the clock: as a quarter with the clock, then left and right.
        assertThat(ContainerFacts.of(ConvertedType.AVIF, file).orientation()).isEqualTo(5);
    }

    @Test
    void exifXmpAndColoursAreFound() {
        ContainerFacts facts = ContainerFacts.of(ConvertedType.HEIC, heif(NO_TURN, NO_TURN, box("colr", DISPLAY_P3)));

        assertThat(facts.exif()).isEqualTo(new MetadataBytes(MetadataFiles.exif()));
        assertThat(facts.xmp()).isEqualTo(new MetadataBytes(MetadataFiles.xmp()));
        assertThat(Objects.requireNonNull(facts.colours()).data().bytes()).containsExactly(12, 13, 0, 1);
        byte[] sized = heif(NO_TURN, box("colr", "prof".getBytes(StandardCharsets.US_ASCII)), box("colr", DISPLAY_P3));
        assertThat(ContainerFacts.of(ConvertedType.HEIC, sized).colours()).isNull();
    }

    @Test
    void orientationInExifAndXmpIsSetAsideOnceAndForAll() throws ImageRefused {
        PngHeader png = PngProbe.probe("p", PictureFiles.png(1, 1, 8, 0, new byte[] {0, 7}), ImageLimits.defaults());
        for (ConvertedType type : ConvertedType.values()) {
            ContainerFacts facts = new ContainerFacts(
                    8,
                    new int[0],
                    new MetadataBytes(MetadataFiles.exif()),
                    new MetadataBytes(MetadataFiles.xmp()),
                    null,
                    false,
                    false);

            ImageMetadata metadata = facts.described("p", type, png, List.of()).metadata();

            assertThat(metadata.orientation()).isEqualTo(type == ConvertedType.AVIF ? 8 : 1);
            byte[] exif = Objects.requireNonNull(metadata.exif()).bytes();
            assertThat(ExifOrientation.of(exif, 0, exif.length)).isEqualTo(1);
            assertThat(new String(Objects.requireNonNull(metadata.xmp()).bytes(), StandardCharsets.UTF_8))
                    .contains("tiff:Orientation='1'");
        }
    }

    @Test
    void boxesOfAJpegXlAreFoundAndPackedOnesAreNoted() {
        byte[] exif = PictureFiles.concat(new byte[4], MetadataFiles.exif());
        byte[] plain = PictureFiles.concat(
                box("JXL ", new byte[] {13, 10, (byte) 0x87, 10}), box("Exif", exif), box("xml ", MetadataFiles.xmp()));
        byte[] packed = PictureFiles.concat(
                box("JXL ", new byte[] {13, 10, (byte) 0x87, 10}),
                box("brob", "Exif....".getBytes(StandardCharsets.US_ASCII)));

        ContainerFacts facts = ContainerFacts.of(ConvertedType.JPEG_XL, plain);

        assertThat(facts.exif()).isEqualTo(new MetadataBytes(MetadataFiles.exif()));
        assertThat(facts.xmp()).isEqualTo(new MetadataBytes(MetadataFiles.xmp()));
        assertThat(facts.packed()).isFalse();
        assertThat(ContainerFacts.of(ConvertedType.JPEG_XL, packed).packed()).isTrue();
    }

    @Test
    void brokenContainersSayWhatTheyCanOrNothing() {
        byte[] whole = heif(box("irot", (byte) 1), box("imir", (byte) 1), box("colr", DISPLAY_P3));
        for (int length = 0; length < whole.length; length++) {
            ContainerFacts.of(ConvertedType.AVIF, Arrays.copyOf(whole, length));
        }
        Random random = new Random(5);
        for (int i = 0; i < FLIPS; i++) {
            byte[] broken = whole.clone();
            for (int n = 0; n < 1 + i % 3; n++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            ContainerFacts facts = ContainerFacts.of(ConvertedType.AVIF, broken);
            assertThat(facts.shown(ConvertedType.AVIF, broken)).hasSameSizeAs(broken);
        }
    }

    /** A file whose only picture has these properties, EXIF and XMP. */
    private static byte[] heif(byte[]... properties) {
        byte[] exif = PictureFiles.concat(new byte[4], MetadataFiles.exif());
        byte[] xmp = MetadataFiles.xmp();
        byte[] head = box("ftyp", "avif\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        byte[] meta = meta(0, exif.length, xmp.length, properties);
        int data = head.length + meta.length + 8;
        meta = meta(data, exif.length, xmp.length, properties);
        return PictureFiles.concat(head, meta, box("mdat", PictureFiles.concat(exif, xmp)));
    }

    private static byte[] meta(int data, int exif, int xmp, byte[]... properties) {
        ByteBuffer links = ByteBuffer.allocate(100).putInt(0).putInt(1).putShort((short) 1);
        int count = 0;
        byte[] indices = new byte[properties.length];
        for (byte[] property : properties) {
            if (property.length > 0) {
                indices[count] = (byte) (0x80 | (count + 1));
                count++;
            }
        }
        links.put((byte) count).put(indices, 0, count);
        ByteBuffer places =
                ByteBuffer.allocate(36).putInt(0).putShort((short) 0x4400).putShort((short) 2);
        places.putShort((short) 2)
                .putShort((short) 0)
                .putShort((short) 1)
                .putInt(data)
                .putInt(exif);
        places.putShort((short) 3)
                .putShort((short) 0)
                .putShort((short) 1)
                .putInt(data + exif)
                .putInt(xmp);
        return box(
                "meta",
                PictureFiles.concat(
                        new byte[4],
                        box("pitm", new byte[] {0, 0, 0, 0, 0, 1}),
                        box(
                                "iinf",
                                PictureFiles.concat(
                                        new byte[] {0, 0, 0, 0, 0, 3},
                                        item(1, "av01", ""),
                                        item(2, "Exif", ""),
                                        item(3, "mime", "XMP\0application/rdf+xml\0"))),
                        box("iloc", places.array()),
                        box(
                                "iprp",
                                PictureFiles.concat(
                                        box("ipco", PictureFiles.concat(properties)),
                                        box("ipma", Arrays.copyOf(links.array(), links.position()))))));
    }

    private static byte[] item(int id, String type, String names) {
        byte[] text = (type + (names.isEmpty() ? "\0" : names)).getBytes(StandardCharsets.US_ASCII);
        return box("infe", PictureFiles.concat(new byte[] {2, 0, 0, 0, 0, (byte) id, 0, 0}, text));
    }

    private static byte[] box(String type, byte... content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }
}
