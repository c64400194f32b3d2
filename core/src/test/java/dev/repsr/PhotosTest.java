package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageMetadata;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFiles;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureFrames;
import dev.repsr.image.PictureRows;
import dev.repsr.image.PictureSource;
import dev.repsr.image.ReadOptions;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole jobs: what goes in comes out, larger. */
class PhotosTest {
    private static final Upscaler NEAREST = Upscaler.of(TestModels.nearest(2));
    private static final ImageMetadata DENSITY = new ImageMetadata(null, new ImageMetadata.Density(300, 200), 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "TIFF"})
    void sixteenBitsGreyAlphaAndDensityAreKept(ImageType type) throws IOException {
        Picture picture = TestPictures.noise(13, 9, 2, 16, 5);
        Path input = write(picture, type, DENSITY);

        UpscaleResult result = NEAREST.upscale(input).to(folder.resolve("out." + type.extension()));

        assertThat(result.warnings()).isEmpty();
        var back = ImageReader.read(folder.resolve("out." + type.extension()), ImageLimits.defaults());
        assertThat(back.picture().format()).isEqualTo(new PictureFormat(26, 18, 2, 16));
        assertThat(back.picture().sample(25, 17, 0)).isEqualTo(picture.sample(12, 8, 0));
        assertThat(back.picture().sample(25, 17, 1)).isEqualTo(picture.sample(12, 8, 1));
        ImageMetadata.Density density =
                java.util.Objects.requireNonNull(back.metadata().density());
        assertThat(Math.round(density.x())).isEqualTo(300);
        assertThat(Math.round(density.y())).isEqualTo(200);
    }

    @Test
    void whiteStaysWhiteInEveryFormat() throws IOException {
        byte[] white = new byte[8 * 8 * 3];
        Arrays.fill(white, (byte) 255);
        Path input = write(Picture.of(new PictureFormat(8, 8, 3, 8), white), ImageType.PNG, ImageMetadata.NONE);
        for (ImageType type : ImageType.values()) {
            if (type.writable()) {
                Path output = folder.resolve("white." + type.extension());
                NEAREST.upscale(input).to(output);
                Picture back = ImageReader.read(output, ImageLimits.defaults()).picture();
                assertThat(back.sample(9, 9, back.format().colourChannels() - 1))
                        .as(type.title())
                        .isEqualTo(255);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PNG, 4, 8", "PNG, 4, 16", "PNG, 2, 8", "TIFF, 4, 8", "WEBP, 4, 8"})
    void alphaThatIsOpaqueEverywhereIsLeftOutOfAJpeg(ImageType type, int channels, int bits) throws IOException {
        Picture picture = veiled(new PictureFormat(13, 9, channels, bits), -1);
        Path input = write(picture, type, ImageMetadata.NONE);
        Path output = folder.resolve("out.jpg");

        UpscaleResult result = NEAREST.upscale(input).to(output);

        Picture back = ImageReader.read(output, ImageLimits.defaults()).picture();
        assertThat(back.format()).isEqualTo(new PictureFormat(26, 18, channels == 4 ? 3 : 1, 8));
        assertThat(back.sample(25, 17, 0)).isCloseTo(200, within(6));
        assertThat(result.warnings()).hasSize(bits == 16 ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"PNG", "TIFF"})
    void oneTransparentPixelIsRefusedForAJpegBeforeAnythingIsComputed(ImageType type) throws IOException {
        Path input = write(veiled(new PictureFormat(13, 9, 4, 8), 13 * 9 - 1), type, ImageMetadata.NONE);
        AtomicInteger rows = new AtomicInteger();

        assertThatThrownBy(() -> NEAREST.upscale(input)
                        .onProgress((done, all) -> rows.incrementAndGet())
                        .to(folder.resolve("out.jpg")))
                .isInstanceOf(OutputRefused.class)
                .hasMessageContaining("transparency");
        assertThat(rows).hasValue(0);
        assertThat(folder.resolve("out.jpg")).doesNotExist();
    }

    /** One colour, opaque but for one pixel. */
    private static Picture veiled(PictureFormat format, int transparent) {
        int channels = format.channels();
        int pixels = format.width() * format.height();
        byte[] bytes = new byte[format.bitDepth() == 8 ? pixels * channels : 0];
        short[] shorts = new short[format.bitDepth() == 8 ? 0 : pixels * channels];
        for (int i = 0; i < pixels * channels; i++) {
            boolean alpha = i % channels == channels - 1;
            int value = alpha ? (i / channels == transparent ? 254 : 255) : 200;
            if (format.bitDepth() == 8) {
                bytes[i] = (byte) value;
            } else {
                shorts[i] = (short) (value * 257);
            }
        }
        return format.bitDepth() == 8 ? Picture.of(format, bytes) : Picture.of(format, shorts);
    }

    @Test
    void stripLeavesMetadataOut() throws IOException {
        Path input = write(TestPictures.noise(5, 5, 3, 8, 1), ImageType.PNG, DENSITY);
        Path output = folder.resolve("stripped.tif");

        NEAREST.with(UpscaleOptions.defaults().withStrip(true)).upscale(input).to(output);

        assertThat(ImageReader.read(output, ImageLimits.defaults()).metadata()).isEqualTo(ImageMetadata.NONE);
    }

    @Test
    void animationStaysOneWithItsTiming() throws IOException {
        Path input = folder.resolve("in.gif");
        AtomicFile.write(input, out -> ImageWriter.writeAnimation(new Flashes(), out));
        Path output = folder.resolve("out.gif");
        AtomicInteger last = new AtomicInteger();

        UpscaleResult result = NEAREST.upscale(input)
                .onProgress((done, all) -> last.set(100 * done / all))
                .to(output);

        assertThat(result.warnings()).isEmpty();
        assertThat(last).hasValue(100);
        try (PictureSource source = ImageReader.open(output, ReadOptions.of(ImageLimits.defaults()))) {
            PictureFrames frames = source.frames().orElseThrow();
            assertThat(frames.count()).isEqualTo(3);
            assertThat(frames.loops()).isZero();
            for (int i = 0; i < 3; i++) {
                assertThat(frames.delay(i)).isEqualTo(7 * i);
                Picture frame = Picture.read(frames.next());
                assertThat(frame.format()).isEqualTo(new PictureFormat(12, 8, 3, 8));
                assertThat(frame.sample(11, 7, 0)).isEqualTo(60 * i);
            }
        }
    }

    @Test
    void animationToAStillPictureIsItsFirstFrameAndSaysSo() throws IOException {
        Path input = folder.resolve("in.gif");
        AtomicFile.write(input, out -> ImageWriter.writeAnimation(new Flashes(), out));

        UpscaleResult result = NEAREST.upscale(input).to(folder.resolve("out.png"));

        assertThat(result.warnings()).singleElement().asString().contains("animated");
    }

    @Test
    void damageFoundInTheLastRowLeavesNoFileWhenStrict() throws IOException {
        byte[] rows = new byte[50 * 51];
        // The last pixel has a colour that the palette lacks.
        rows[rows.length - 1] = 1;
        byte[] png = PictureFiles.png(50, 50, 8, 3, rows, PictureFiles.chunk("PLTE", new byte[] {1, 2, 3}));
        Path input = folder.resolve("in.png");
        Files.write(input, png);
        Path output = folder.resolve("out.png");

        assertThatThrownBy(() -> NEAREST.with(UpscaleOptions.defaults().withStrict(true))
                        .upscale(input)
                        .to(output))
                .isInstanceOf(ImageRefused.class);
        assertThat(output).doesNotExist();
        assertThat(NEAREST.upscale(input).to(output).warnings()).isNotEmpty();
    }

    private Path write(Picture picture, ImageType type, ImageMetadata metadata) throws IOException {
        Path file = folder.resolve("in." + type.extension());
        AtomicFile.write(
                file,
                out -> ImageWriter.write(
                        picture.rows(), type, EncodeOptions.defaults().withMetadata(metadata), out));
        return file;
    }

    /** Three flat frames. */
    private static final class Flashes implements PictureFrames {
        private static final PictureFormat FORMAT = new PictureFormat(6, 4, 3, 8);
        private final List<Integer> levels = List.of(0, 60, 120);
        private int next;

        @Override
        public PictureFormat format() {
            return FORMAT;
        }

        @Override
        public int count() {
            return levels.size();
        }

        @Override
        public int loops() {
            return 0;
        }

        @Override
        public int delay(int index) {
            return 7 * index;
        }

        @Override
        public PictureRows next() {
            byte[] samples = new byte[6 * 4 * 3];
            Arrays.fill(samples, levels.get(next++).byteValue());
            return Picture.of(FORMAT, samples).rows();
        }
    }
}
