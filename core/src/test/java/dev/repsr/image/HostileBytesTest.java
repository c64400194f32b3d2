package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.repsr.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small sound file of each format, cut off at every byte and with flipped bits: pixels or a refusal, nothing else. */
class HostileBytesTest {
    private static final int FLIPS = 20_000;
    /** Ends a hang. */
    private static final Duration HANG = Duration.ofMinutes(8);
    /** No small file may ask for more. */
    private static final ImageLimits LIMITS = new ImageLimits(1_000_000, 16_000_000, 1 << 20);

    static Stream<String> formats() throws IOException {
        return files().keySet().stream();
    }

    /** One sound file of each format. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ImageMetadata metadata = MetadataFiles.kept(9, 7);
        Picture picture = TestPictures.noise(9, 7, 4, 8, 3);
        for (ImageType type : List.of(ImageType.PNG, ImageType.TIFF, ImageType.GIF, ImageType.WEBP)) {
            files.put(type.title(), write(picture, type, metadata));
        }
        files.put("JPEG", write(TestPictures.noise(9, 7, 3, 8, 3), ImageType.JPEG, metadata));
        files.put("BMP", PictureFiles.encoded(PictureFiles.soft(9, 7, 1), "bmp"));
        files.put("PPM", ("P6 3 2 255\n" + "abcdefghijklmnopqr").getBytes(StandardCharsets.US_ASCII));
        files.put("PGM", "P2 3 2 255\n1 2 3\n4 5 6\n".getBytes(StandardCharsets.US_ASCII));
        return files;
    }

    private static byte[] write(Picture picture, ImageType type, ImageMetadata metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.write(picture.rows(), type, EncodeOptions.defaults().withMetadata(metadata), out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyTruncation(String format) throws IOException {
        byte[] whole = Objects.requireNonNull(files().get(format));
        assertThat(read(whole)).isTrue();
        assertTimeoutPreemptively(HANG, () -> {
            for (int length = 0; length < whole.length; length++) {
                read(Arrays.copyOf(whole, length));
            }
        });
        assertThat(read(Arrays.copyOf(whole, 12))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void flippedBits(String format) throws IOException {
        byte[] whole = Objects.requireNonNull(files().get(format));
        Random random = new Random(17);
        int[] outcomes = new int[2];
        assertTimeoutPreemptively(HANG, () -> {
            for (int round = 0; round < FLIPS; round++) {
                byte[] broken = whole.clone();
                for (int flip = 0; flip <= round % 4; flip++) {
                    broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
                }
                outcomes[read(broken) ? 1 : 0]++;
            }
        });
        // Both happen, or the flips were not where it matters.
        assertThat(outcomes[0]).isPositive();
        assertThat(outcomes[1]).isPositive();
    }

    /** Whether the file gives pixels; anything but pixels and a refusal fails the test. */
    private static boolean read(byte[] file) {
        try (PictureSource source =
                ImageReader.open(new ByteArrayInputStream(file), "the picture", ReadOptions.of(LIMITS))) {
            Picture picture = source.picture();
            assertThat((long) picture.width() * picture.height()).isBetween(1L, LIMITS.maxInputPixels());
            if (source.frames().isPresent()) {
                PictureFrames frames = source.frames().get();
                for (int i = 0; i < Math.min(3, frames.count()); i++) {
                    frames.next().close();
                }
            }
            return true;
        } catch (ImageRefused e) {
            assertThat(e.getMessage()).contains("the picture").doesNotContain("\n");
            return false;
        } catch (IOException e) {
            throw new AssertionError("not a refusal", e);
        }
    }
}
