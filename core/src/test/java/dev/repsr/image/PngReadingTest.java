package dev.repsr.image;

import static dev.repsr.image.PictureFiles.chunk;
import static dev.repsr.image.PictureFiles.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused.Reason;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file is put together by hand, so that every sample is known. */
class PngReadingTest {
    @Test
    void transparentGreyBecomesAlphaInEveryDepth() throws ImageRefused {
        byte[] two = png(4, 1, 2, 0, bytes(0, 0b00011011), chunk("tRNS", bytes(0, 2)));
        byte[] eight = png(3, 1, 8, 0, bytes(0, 8, 9, 10), chunk("tRNS", bytes(0, 9)));
        byte[] sixteen = png(2, 1, 16, 0, bytes(0, 1, 2, 2, 2), chunk("tRNS", bytes(1, 2)));

        assertSamples(two, new PictureFormat(4, 1, 2, 8), 0, 255, 85, 255, 170, 0, 255, 255);
        assertSamples(eight, new PictureFormat(3, 1, 2, 8), 8, 255, 9, 0, 10, 255);
        assertSamples(sixteen, new PictureFormat(2, 1, 2, 16), 258, 0, 514, 65535);
    }

    @Test
    void transparentColourBecomesAlphaInEveryDepth() throws ImageRefused {
        byte[] eight = png(2, 1, 8, 2, bytes(0, 1, 2, 3, 1, 2, 4), chunk("tRNS", bytes(0, 1, 0, 2, 0, 3)));
        byte[] sixteen = png(
                2,
                1,
                16,
                2,
                bytes(0, 0, 1, 0, 2, 255, 3, 0, 1, 0, 2, 254, 3),
                chunk("tRNS", bytes(0, 1, 0, 2, 255, 3)));

        assertSamples(eight, new PictureFormat(2, 1, 4, 8), 1, 2, 3, 0, 1, 2, 4, 255);
        assertSamples(sixteen, new PictureFormat(2, 1, 4, 16), 1, 2, 0xFF03, 0, 1, 2, 0xFE03, 65535);
    }

    @Test
    void allFiltersAreUndone() throws ImageRefused {
        byte[] file = png(2, 5, 8, 0, bytes(0, 100, 50, 1, 10, 5, 2, 1, 1, 3, 4, 4, 4, 250, 1));

        // none; sub: 10, 15; up: 11, 16; average: 4+11/2, 4+(9+16)/2; Paeth: 250+9 above, 1+9 in the corner
        assertSamples(file, new PictureFormat(2, 5, 1, 8), 100, 50, 10, 15, 11, 16, 9, 16, 3, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 4095, 4096, 4097, 8192, 16_384, 100_000})
    void profilesOfAnySizeAreRead(int length) throws ImageRefused {
        byte[] profile = PictureFiles.profile("GRAY", length);
        byte[] packed = PictureFiles.deflated(profile);
        byte[] content = new byte[3 + packed.length];
        content[0] = 'n';
        System.arraycopy(packed, 0, content, 3, packed.length);

        DecodedPicture decoded = read(png(1, 1, 8, 0, bytes(0, 7), chunk("iCCP", content)));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.metadata().profile()).isEqualTo(new IccProfile(profile));
    }

    @Test
    void brokenProfileIsLeftOutWithAWarning() throws ImageRefused {
        DecodedPicture decoded = read(png(1, 1, 8, 0, bytes(0, 7), chunk("iCCP", bytes('n', 0, 0, 1, 2, 3))));

        assertThat(decoded.metadata().profile()).isNull();
        assertThat(decoded.warnings()).singleElement().asString().contains("colour profile");
    }

    @Test
    void headerThatLiesAboutTheSizeIsRefusedBeforeMemoryIsTaken() {
        byte[] file = png(7_000, 7_000, 16, 6, bytes(0, 1, 2, 3));

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
                .hasMessageContaining("too few bytes for its 7000x7000 pixels");
    }

    @Test
    void pictureThatCompressesAsWellAsItCanIsNotTakenForALie() throws ImageRefused {
        byte[] file = png(4_000, 2_000, 8, 2, new byte[2_000 * 12_001]);

        assertThat(read(file).picture().format()).isEqualTo(new PictureFormat(4_000, 2_000, 3, 8));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static void assertSamples(byte[] file, PictureFormat format, int... samples) throws ImageRefused {
        DecodedPicture decoded = read(file);
        Picture picture = decoded.picture();
        assertThat(picture.format()).isEqualTo(format);
        assertThat(decoded.warnings()).isEmpty();
        int[] found = new int[samples.length];
        for (int i = 0; i < found.length; i++) {
            int pixel = i / format.channels();
            found[i] = picture.sample(pixel % format.width(), pixel / format.width(), i % format.channels());
        }
        assertThat(found).containsExactly(samples);
    }

    private static DecodedPicture read(byte[] file) throws ImageRefused {
        return ImageReader.read(new ByteArrayInputStream(file), "x.png", ImageLimits.defaults());
    }
}
