package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.repsr.TestData;
import dev.repsr.image.ImageRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd and broken files of other projects' test sets: each gives pixels or one clear refusal, soon. */
@Tag("data")
class OddImagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** Ends a hang; so long that a busy machine does not reach it. */
    private static final Duration HANG = Duration.ofMinutes(3);

    @TestFactory
    Stream<DynamicTest> everyFileGivesPixelsOrARefusal() throws IOException {
        Path manifest = TestData.require("odd-images/MANIFEST.tsv");
        return Files.readAllLines(manifest).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(entry -> DynamicTest.dynamicTest(
                        entry[0],
                        () -> assertTimeoutPreemptively(
                                HANG,
                                () -> CpuTime.assertAtMost(
                                        LIMIT, () -> check(manifest.resolveSibling(entry[0]), entry)))));
    }

    private static void check(Path file, String[] entry) {
        String expected = entry[3];
        try {
            DecodedPicture decoded = ImageReader.read(file, ImageLimits.defaults());
            assertThat(expected).as("read as %s", decoded).doesNotStartWith("refuse");
            if (expected.equals("decode")) {
                assertThat(decoded.picture().width()).isEqualTo(Integer.parseInt(entry[1]));
                assertThat(decoded.picture().height()).isEqualTo(Integer.parseInt(entry[2]));
                assertThat(decoded.warnings()).isEmpty();
            }
        } catch (ImageRefused e) {
            assertThat(e).hasMessageContaining(file.getFileName().toString());
            if (expected.equals("decode")) {
                fail("refused: " + e.getMessage(), e);
            } else if (expected.equals("refuse-unread")) {
                assertThat(e.reason()).isEqualTo(Reason.NOT_A_PICTURE);
            }
        }
    }

    /** The set holds each kind twice, interlaced (basi) and not (basn), with the same pixels. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0g01", "0g02", "0g04", "0g08", "0g16", "2c08", "2c16", "3p01", "3p02", "3p04", "3p08", "4a08", "4a16",
                "6a08", "6a16"
            })
    void interlacedFilesHaveThePixelsOfTheOthers(String kind) throws ImageRefused {
        assertThat(read("png-valid-odd/basi" + kind + ".png")).isEqualTo(read("png-valid-odd/basn" + kind + ".png"));
    }

    private static Picture read(String file) throws ImageRefused {
        return ImageReader.read(TestData.require("odd-images/" + file), ImageLimits.defaults())
                .picture();
    }
}
