package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    @Test
    void sixteenBitsAndSeveralChannelsAreTurnedToo() {
        Pictures.kinds().forEach(format -> {
            Picture picture = Pictures.random(format, 4);
            assertThat(picture.oriented(6).oriented(8)).isEqualTo(picture);
            assertThat(picture.oriented(5).oriented(5)).isEqualTo(picture);
            assertThat(picture.oriented(2).oriented(4)).isEqualTo(picture.oriented(3));
            assertThat(picture.oriented(6).oriented(6)).isEqualTo(picture.oriented(3));
        });
    }

    /** The eight files store the same letter F and differ by their orientation alone. */
    @Tag("data")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void anExifSegmentTurnsThePhotographUpright(int orientation) throws IOException {
        Path folder = TestData.require("odd-images/jpeg-odd-exif-orientation");
        Path file = folder.resolve("orientation_" + orientation + ".jpg");
        DecodedPicture decoded = ImageReader.read(file, ImageLimits.defaults());
        BufferedImage stored = ImageIO.read(file.toFile());
        int end = 159;

        assertThat(decoded.metadata().orientation()).isEqualTo(orientation);
        for (int y = 0; y <= end; y++) {
            for (int x = 0; x <= end; x++) {
                int expected = switch (orientation) {
                    case 1 -> stored.getRGB(x, y);
                    case 2 -> stored.getRGB(end - x, y);
                    case 3 -> stored.getRGB(end - x, end - y);
                    case 4 -> stored.getRGB(x, end - y);
                    case 5 -> stored.getRGB(y, x);
                    case 6 -> stored.getRGB(y, end - x);
                    case 7 -> stored.getRGB(end - y, end - x);
                    default -> stored.getRGB(end - y, x);
                };
                assertThat(decoded.picture().sample(x, y, 0)).isEqualTo(expected & 0xFF);
            }
        }
    }
}
