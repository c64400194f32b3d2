package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of portable anymap, written by hand. */
class PnmTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1 3 1 # black is 1 ; 011 | 1 | 8 | 255 0 0",
                "P2 2 2 10 ; 0 5 10 11 | 1 | 8 | 0 128 255 255",
                "P3 1 1 255 ; 1 2 3 | 3 | 8 | 1 2 3",
                "P2 1 1 65535 ; 258 | 1 | 16 | 258",
                "P2 1 1 1000 ; 500 | 1 | 16 | 32768"
            })
    void textIsRead(String text, int channels, int bits, String samples) throws ImageRefused {
        assertSamples(text.replace(";", "\n").getBytes(StandardCharsets.US_ASCII), channels, bits, samples);
    }

    @Test
    void bytesAreRead() throws ImageRefused {
        assertSamples(
                file("P4\n9 2\n", 0b10000000, 0x80, 0, 0),
                1,
                8,
                "0 255 255 255 255 255 255 255 0 " + "255 255 255 255 255 255 255 255 255");
        assertSamples(file("P5 2 1 255\n", 7, 200), 1, 8, "7 200");
        assertSamples(file("P6\n1 1\n65535\n", 1, 2, 3, 4, 5, 6), 3, 16, "258 772 1286");
        assertSamples(
                file("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n", 1, 2, 3, 4),
                4,
                8,
                "1 2 3 4");
    }

    @ParameterizedTest
    @CsvSource({
        "P5 2 1 255,DAMAGED",
        "P5 99999 1 255,TOO_LARGE",
        "P7 WIDTH 1,DAMAGED",
        "P2 1 1 0,DAMAGED",
        "P3 1 1 255 1 2,DAMAGED"
    })
    void brokenHeadersAreRefused(String text, ImageRefused.Reason reason) {
        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class, () -> ImageReaderTest.read((text + "\n").getBytes(StandardCharsets.US_ASCII)));

        assertThat(refused.reason()).isEqualTo(reason);
    }

    private static byte[] file(String head, int... pixels) {
        byte[] text = head.getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(text, text.length + pixels.length);
        for (int i = 0; i < pixels.length; i++) {
            file[text.length + i] = (byte) pixels[i];
        }
        return file;
    }

    private static void assertSamples(byte[] file, int channels, int bits, String samples) throws ImageRefused {
        DecodedPicture decoded = ImageReaderTest.read(file);
        Picture picture = decoded.picture();
        assertThat(decoded.type()).isEqualTo(ImageType.PNM);
        assertThat(picture.format().channels()).isEqualTo(channels);
        assertThat(picture.format().bitDepth()).isEqualTo(bits);
        int[] expected = Pattern.compile(" ")
                .splitAsStream(samples.strip())
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(picture.width() * picture.height() * channels).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            int pixel = i / channels;
            assertThat(picture.sample(pixel % picture.width(), pixel / picture.width(), i % channels))
                    .isEqualTo(expected[i]);
        }
    }
}
