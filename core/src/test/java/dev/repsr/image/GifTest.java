package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GIF against the JDK's own encoder and decoder, and animations against what is drawn by hand. */
class GifTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 200, 255})
    void fewColoursAreKeptExactly(int colours) throws IOException {
        byte[] samples = new byte[97 * 83];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 31 % colours);
        }
        Picture picture = Picture.of(new PictureFormat(97, 83, 1, 8), samples);

        byte[] file = TestPictures.encode(picture, ImageType.GIF);

        assertThat(ImageReaderTest.read(file).picture()).isEqualTo(picture);
        assertThat(ImageReaderTest.read(file).warnings()).isEmpty();
        BufferedImage other = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(other.getRGB(96, 82) & 0xFF).isEqualTo(samples[samples.length - 1] & 0xFF);
    }

    @Test
    void manyColoursAreNearAndWhiteAndBlackExact() throws IOException {
        Picture picture = Pictures.smooth(new PictureFormat(160, 120, 3, 8));
        byte[] samples = new byte[160 * 120 * 3];
        double[] row = new double[160 * 3];
        for (int y = 0; y < 120; y++) {
            picture.copySamples(y, row);
            for (int i = 0; i < row.length; i++) {
                samples[y * row.length + i] = (byte) (y < 10 ? 255 : y < 20 ? 0 : (int) row[i]);
            }
        }
        Picture edged = Picture.of(picture.format(), samples);

        Picture back =
                ImageReaderTest.read(TestPictures.encode(edged, ImageType.GIF)).picture();

        double error = 0;
        for (int y = 0; y < 120; y++) {
            for (int x = 0; x < 160; x++) {
                for (int c = 0; c < 3; c++) {
                    int expected = edged.sample(x, y, c);
                    error += Math.abs(back.sample(x, y, c) - expected);
                    if (y < 20) {
                        assertThat(back.sample(x, y, c)).isEqualTo(expected);
                    }
                }
            }
        }
        // 253 colours for a gradient in three dimensions: a few levels on average.
        assertThat(error / samples.length).isLessThan(6);
    }

    @Test
    void transparencyIsKeptAsHoles() throws IOException {
        byte[] samples = {10, 20, 30, (byte) 255, 1, 2, 3, 0, 50, 60, 70, (byte) 200};

        Picture back = ImageReaderTest.read(
                        TestPictures.encode(Picture.of(new PictureFormat(3, 1, 4, 8), samples), ImageType.GIF))
                .picture();

        assertThat(back.sample(0, 0, 0)).isEqualTo(10);
        assertThat(back.sample(0, 0, 3)).isEqualTo(255);
        assertThat(back.sample(1, 0, 3)).isZero();
        assertThat(back.sample(2, 0, 3)).isEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void animationIsWrittenAndReadAgain(int channels) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] samples = new byte[20 * 10 * channels];
            Arrays.fill(samples, (byte) (40 * i));
            for (int a = 3; channels == 4 && a < samples.length; a += 4) {
                samples[a] = (byte) (a / 4 % 5 == i ? 0 : 255);
                Arrays.fill(samples, a - 3, a, samples[a] == 0 ? 0 : samples[a - 1]);
            }
            pictures.add(Picture.of(new PictureFormat(20, 10, channels, 8), samples));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.writeAnimation(frames(pictures), out);

        try (PictureSource source = ImageReader.open(
                new ByteArrayInputStream(out.toByteArray()), "x.gif", ReadOptions.of(ImageLimits.defaults()))) {
            PictureFrames back = source.frames().orElseThrow();
            assertThat(back.count()).isEqualTo(5);
            assertThat(back.loops()).isEqualTo(3);
            for (int i = 0; i < 5; i++) {
                assertThat(back.delay(i)).isEqualTo(10 + i);
                assertThat(Picture.read(back.next())).isEqualTo(pictures.get(i));
            }
            assertThat(source.warnings()).isEmpty();
        }
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(out.toByteArray())));
        assertThat(reader.getNumImages(true)).isEqualTo(5);
        assertThat(reader.read(3).getRGB(0, 0) & 0xFF).isEqualTo(120);
        reader.dispose();
    }

    @Test
    void framesAreDrawnOverEachOther() throws IOException {
        byte[] screen = {'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, (byte) 0x80, 0, 0, 10, 10, 10, 20, 20, 20};
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(screen);
        // Both pixels of colour 0; the second one of colour 1 for a while, then what was before; the first one of
        // colour 1.
        file.writeBytes(frame(0, 2, 1, 0, 0));
        file.writeBytes(frame(1, 1, 3, 1));
        file.writeBytes(frame(0, 1, 1, 1));
        file.write(0x3B);

        try (PictureSource source = ImageReader.open(
                new ByteArrayInputStream(file.toByteArray()), "x.gif", ReadOptions.of(ImageLimits.defaults()))) {
            PictureFrames frames = source.frames().orElseThrow();
            int[][] expected = {{10, 10}, {10, 20}, {20, 10}};
            for (int[] pixels : expected) {
                Picture picture = Picture.read(frames.next());
                assertThat(picture.sample(0, 0, 0)).isEqualTo(pixels[0]);
                assertThat(picture.sample(1, 0, 0)).isEqualTo(pixels[1]);
            }
        }
    }

    @Test
    void interlacedRowsAreSorted() throws IOException {
        BufferedImage image = new BufferedImage(1, 21, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 21; y++) {
            image.getRaster().setSample(0, y, 0, 10 * y);
        }
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        var param = writer.getDefaultWriteParam();
        param.setProgressiveMode(javax.imageio.ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new javax.imageio.IIOImage(image, null, null), param);
        }
        writer.dispose();
        Picture picture = ImageReaderTest.read(out.toByteArray()).picture();

        for (int y = 0; y < 21; y++) {
            assertThat(picture.sample(0, y, 0)).isEqualTo(10 * y);
        }
    }

    @Test
    void cutOffPictureIsWarnedAbout() throws IOException {
        byte[] file = TestPictures.encode(TestPictures.noise(30, 30, 1, 8, 4), ImageType.GIF);

        assertThat(ImageReaderTest.read(Arrays.copyOf(file, file.length / 2 + 400))
                        .warnings())
                .anyMatch(warning -> warning.contains("cut off in frame 1"));
    }

    @Test
    void moreFramesThanTheLimitsAllowAreRefused() throws IOException {
        Picture one = TestPictures.noise(100, 100, 3, 8, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.writeAnimation(frames(List.of(one, one, one)), out);

        assertThatThrownBy(() -> ImageReader.read(
                        new ByteArrayInputStream(out.toByteArray()), "x", new ImageLimits(10_000, 20_000, 1 << 20)))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("3 frames of 100x100");
    }

    /** A frame of one row whose indices are given, with codes of three bits. */
    private static byte[] frame(int x, int width, int disposal, int... indices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, (byte) (disposal << 2), 5, 0, 0, 0});
        out.writeBytes(new byte[] {0x2C, (byte) x, 0, 0, 0, (byte) width, 0, 1, 0, 0, 2});
        int bits = 4;
        int shift = 3;
        for (int index : indices) {
            bits |= index << shift;
            shift += 3;
        }
        bits |= 5 << shift;
        out.writeBytes(new byte[] {2, (byte) bits, (byte) (bits >> 8), 0});
        return out.toByteArray();
    }

    static PictureFrames frames(List<Picture> pictures) {
        return new PictureFrames() {
            private int next;

            @Override
            public PictureFormat format() {
                return pictures.getFirst().format();
            }

            @Override
            public int count() {
                return pictures.size();
            }

            @Override
            public int loops() {
                return 3;
            }

            @Override
            public int delay(int index) {
                return 10 + index;
            }

            @Override
            public PictureRows next() {
                return pictures.get(next++).rows();
            }
        };
    }
}
