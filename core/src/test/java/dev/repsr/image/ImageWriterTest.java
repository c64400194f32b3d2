package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageWriterTest {
    private static final long MEMORY = 48L << 20;

    @Test
    void valuesAreClampedAndRoundedNeverTruncated() throws IOException {
        float[] values = {-0.5f, 1.5f, 100.4f / 255, 100.6f / 255, 254.6f / 255, 0.4f / 255, 1, 0};
        Source source = new Source(new PictureFormat(values.length, 1, 1, 8), values);

        Picture picture = readBack(source, ImageType.PNG);
        for (int i = 0; i < values.length; i++) {
            assertThat(picture.sample(i, 0, 0)).isEqualTo(new int[] {0, 255, 100, 101, 255, 0, 255, 0}[i]);
        }
        float[] deep = {-1, 2, 1000.4f / 65535, 1000.6f / 65535};
        Picture wide = readBack(new Source(new PictureFormat(4, 1, 1, 16), deep), ImageType.PNG);
        for (int i = 0; i < deep.length; i++) {
            assertThat(wide.sample(i, 0, 0)).isEqualTo(new int[] {0, 65535, 1000, 1001}[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG"})
    void aValueThatIsNoNumberIsAFailure(ImageType type) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Source source = new Source(new PictureFormat(4, 30, 1, 8), new float[] {0, 1, bad, 0});

            assertThatThrownBy(() ->
                            ImageWriter.write(source, type, EncodeOptions.defaults(), OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Row 0 of the picture has values that are no numbers");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG"})
    void aSourceThatFailsReachesTheCallerAsItIs(ImageType type) {
        IOException failure = new IOException("the network was closed");
        Source source = new Source(new PictureFormat(40, 300, 3, 8), new float[120]);
        source.failAt(200, failure);

        assertThatThrownBy(() ->
                        ImageWriter.write(source, type, EncodeOptions.defaults(), OutputStream.nullOutputStream()))
                .isSameAs(failure);
        assertThat(source.rowsRead()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG"})
    void aTargetThatFailsReachesTheCaller(ImageType type) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("the disk is full");
            }
        };

        assertThatThrownBy(() -> ImageWriter.write(
                        new Source(new PictureFormat(9, 9, 3, 8), new float[27]), type, EncodeOptions.defaults(), full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is full");
    }

    @Test
    void whatAFormatCannotHoldIsRefusedBeforeARowIsRead() {
        assertRefused(new PictureFormat(8, 8, 4, 8), ImageType.JPEG, "A JPEG file holds no transparency");
        assertRefused(new PictureFormat(8, 8, 2, 16), ImageType.JPEG, "write a PNG");
        assertRefused(new PictureFormat(65_501, 1, 3, 8), ImageType.JPEG, "65500");
        assertRefused(new PictureFormat(1, 65_501, 3, 8), ImageType.JPEG, "1x65501");
        assertRefused(new PictureFormat(Integer.MAX_VALUE / 4, 1, 4, 16), ImageType.PNG, "too long");
        assertRefused(new PictureFormat(8, 8, 3, 8), ImageType.BMP, "BMP files are not written; choose PNG");
        assertRefused(new PictureFormat(16_384, 8, 3, 8), ImageType.WEBP, "16383");
        assertRefused(new PictureFormat(8, 65_536, 3, 8), ImageType.GIF, "65535");
        assertThat(ImageWriter.refusal(new PictureFormat(65_500, 65_500, 3, 16), ImageType.JPEG))
                .isEmpty();
        assertThat(ImageWriter.refusal(new PictureFormat(200_000, 2_000_000, 4, 16), ImageType.PNG))
                .isEmpty();
    }

    private static void assertRefused(PictureFormat format, ImageType type, String part) {
        Source source = new Source(format, new float[0]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(ImageWriter.refusal(format, type))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains(part));
        assertThatThrownBy(() -> ImageWriter.write(source, type, EncodeOptions.defaults(), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
        assertThat(source.rowsRead()).isZero();
        assertThat(out.size()).isZero();
    }

    /** Noise cannot be compressed, so bytes must leave as rows come in. */
    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG"})
    void bytesLeaveWhileRowsComeIn(ImageType type) throws IOException {
        PictureFormat format = new PictureFormat(500, 2_000, 1, 8);
        Picture noise = Pictures.random(new PictureFormat(500, 1, 1, 8), 3);
        float[] row = new float[500];
        noise.copyRow(0, row, 0);
        long[] written = new long[1];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int value) {
                written[0]++;
            }
        };
        Source source = new Source(format, row);
        source.beforeRow(y -> {
            shuffle(row, y);
            assertThat(written[0]).isGreaterThan(500L * y / 4 - 200_000);
        });

        ImageWriter.write(source, type, EncodeOptions.defaults(), counting);
        assertThat(source.rowsRead()).isEqualTo(2_000);
    }

    private static void shuffle(float[] row, int seed) {
        Random random = new Random(seed);
        for (int i = row.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            float swap = row[i];
            row[i] = row[other];
            row[other] = swap;
        }
    }

    @Test
    void aVeryHighPictureTakesLittleMemory() throws IOException {
        assertLittleMemory(new PictureFormat(1_000, 100_000, 1, 8), ImageType.PNG);
        assertLittleMemory(new PictureFormat(1_000, 65_500, 1, 8), ImageType.JPEG);
    }

    /** All that is ever allocated, rubbish included, stays below the picture's own size. */
    private static void assertLittleMemory(PictureFormat format, ImageType type) throws IOException {
        float[] row = new float[1_000];
        for (int x = 0; x < row.length; x++) {
            row[x] = x / 1_000f;
        }
        Source source = new Source(format, row);
        long before = allocated();
        ImageWriter.write(source, type, EncodeOptions.defaults(), OutputStream.nullOutputStream());
        assertThat(allocated() - before).isLessThan(MEMORY);
        assertThat(source.rowsRead()).isEqualTo(format.height());
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static Picture readBack(PictureRows rows, ImageType type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter.write(rows, type, EncodeOptions.defaults(), out);
        return ImageReader.read(new ByteArrayInputStream(out.toByteArray()), "x", ImageLimits.defaults())
                .picture();
    }

    /** The same row again and again; counts. */
    private static final class Source implements PictureRows {
        private final PictureFormat format;
        private final float[] row;
        private IntConsumer beforeRow = y -> {};
        private int failingRow = -1;
        private IOException failure = new IOException();
        private int next;

        Source(PictureFormat format, float[] row) {
            this.format = format;
            this.row = row;
        }

        void beforeRow(IntConsumer action) {
            beforeRow = action;
        }

        void failAt(int y, IOException e) {
            failingRow = y;
            failure = e;
        }

        int rowsRead() {
            return next;
        }

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] target) throws IOException {
            assertThat(next).isLessThan(format.height());
            if (next == failingRow) {
                throw failure;
            }
            beforeRow.accept(next);
            System.arraycopy(row, 0, target, 0, row.length);
            next++;
        }

        @Override
        public void close() {
            throw new AssertionError("whoever opens rows closes them");
        }
    }
}
