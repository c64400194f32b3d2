package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** FIPS 180-2, appendix B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hasTheValuesOfTheStandard() {
        assertThat(Sha256.hex(ascii("abc"))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void partsStreamsAndFilesCountAlike(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Sha256.hex(ascii("a"), ascii("bc"))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(new ByteArrayInputStream(ascii("abc")))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(file)).isEqualTo(OF_ABC);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
