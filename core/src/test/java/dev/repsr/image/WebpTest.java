package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebP through the plug-ins. */
class WebpTest {
    /** What lossy compression may change of a soft picture, on average. */
    private static final double LOSS = 4;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void whatIsWrittenIsReadAgain(int channels) throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(75, 41, channels, 8));

        DecodedPicture back = ImageReaderTest.read(TestPictures.encode(picture, ImageType.WEBP));

        assertThat(back.type()).isEqualTo(ImageType.WEBP);
        assertThat(back.picture().format()).isEqualTo(new PictureFormat(75, 41, Math.max(3, channels), 8));
        double error = 0;
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 75; x++) {
                error += Math.abs(back.picture().sample(x, y, 0) - picture.sample(x, y, 0));
            }
        }
        assertThat(error / (41 * 75)).isCloseTo(0, within(LOSS));
    }

    @Test
    void losslessPictureIsReadExactly() throws IOException {
        Picture picture = TestPictures.noise(33, 17, 3, 8, 2);

        assertThat(ImageReaderTest.read(lossless(picture)).picture()).isEqualTo(picture);
    }

    @Test
    void firstPictureOfAnAnimationIsRead() throws IOException {
        Picture picture = TestPictures.noise(33, 17, 3, 8, 2);
        byte[] still = lossless(picture);
        byte[] chunk = Arrays.copyOfRange(still, 12, still.length);
        ByteBuffer file = ByteBuffer.allocate(12 + 18 + 14 + 24 + chunk.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(2);
        file.put(new byte[] {32, 0, 0, 16, 0, 0});
        file.put("ANIM".getBytes(StandardCharsets.US_ASCII)).putInt(6).put(new byte[6]);
        file.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16 + chunk.length);
        file.put(new byte[] {0, 0, 0, 0, 0, 0, 32, 0, 0, 16, 0, 0, 10, 0, 0, 0}).put(chunk);

        DecodedPicture decoded = ImageReaderTest.read(file.array());

        assertThat(decoded.picture()).isEqualTo(picture);
        assertThat(decoded.warnings()).singleElement().asString().contains("animated");
    }

    @Test
    void tooLargeASideIsRefusedBeforehand() {
        assertThat(ImageWriter.refusal(new PictureFormat(16_384, 1, 3, 8), ImageType.WEBP))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("16383", "16384x1"));
        assertThat(ImageWriter.refusal(new PictureFormat(16_383, 1, 3, 8), ImageType.WEBP))
                .isEmpty();
    }

    private static byte[] lossless(Picture picture) throws IOException {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        image.getGraphics().drawImage(Pictures.image(picture), 0, 0, null);
        var writer = ImageIO.getImageWritersByFormatName("webp").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType("Lossless");
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        }
        writer.dispose();
        return out.toByteArray();
    }
}
