package dev.repsr.image;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bicubic resampling with the results of MATLAB's imresize, which the papers of the field use to make low resolution
 * pictures: kernel of Keys (a = -0.5), widened when reducing, mirrored borders, the dimension with the smaller scale
 * first and rows first when both are equal, double arithmetic, one rounding at the end. All channels, alpha too, are
 * treated alike.
 */
public final class Bicubic {
    private Bicubic() {}

    /** The picture in another size, each dimension with its own scale {@code new / old}. */
    public static Picture resize(Picture picture, int width, int height) {
        return resize(picture, width, height, width / (double) picture.width(), height / (double) picture.height());
    }

    /** The picture reduced by a whole number; sizes that are no multiple of it are rounded up. */
    public static Picture reduce(Picture picture, int scale) {
        checkScale(scale);
        int width = Math.ceilDiv(picture.width(), scale);
        int height = Math.ceilDiv(picture.height(), scale);
        return resize(picture, width, height, 1.0 / scale, 1.0 / scale);
    }

    /** The picture enlarged by a whole number. */
    public static Picture enlarge(Picture picture, int scale) {
        checkScale(scale);
        int width = Math.multiplyExact(picture.width(), scale);
        int height = Math.multiplyExact(picture.height(), scale);
        return resize(picture, width, height, scale, scale);
    }

    private static void checkScale(int scale) {
        if (scale < 1) {
            throw new IllegalArgumentException("scale " + scale + " is below 1");
        }
    }

    private static Picture resize(Picture picture, int width, int height, double scaleX, double scaleY) {
        PictureFormat format = picture.format().resized(width, height);
        ResizeWeights across = ResizeWeights.of(picture.width(), width, scaleX);
        ResizeWeights down = ResizeWeights.of(picture.height(), height, scaleY);
        int channels = format.channels();
        int inStride = picture.width() * channels;
        int outStride = width * channels;
        boolean rowsFirst = scaleY <= scaleX;
        RowCache rows = new RowCache(picture.height(), y -> {
            double[] row = new double[inStride];
            picture.copySamples(y, row);
            return rowsFirst ? row : across(row, across, channels);
        });
        SampleSink sink = new SampleSink(format);
        double[] sum = new double[rowsFirst ? inStride : outStride];
        for (int y = 0; y < height; y++) {
            down(rows, down.indices(y), down.weights(y), sum);
            sink.add(rowsFirst ? across(sum, across, channels) : sum);
        }
        return sink.picture();
    }

    /** One output row as the weighted sum of input rows. */
    private static void down(RowCache rows, int[] indices, double[] weights, double[] sum) {
        Arrays.fill(sum, 0);
        int first = Integer.MAX_VALUE;
        for (int k = 0; k < indices.length; k++) {
            double[] row = rows.get(indices[k]);
            double weight = weights[k];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * row[i];
            }
            first = Math.min(first, indices[k]);
        }
        rows.forgetBefore(first);
    }

    private static double[] across(double[] row, ResizeWeights across, int channels) {
        double[] result = new double[across.length() * channels];
        for (int x = 0; x < across.length(); x++) {
            int[] indices = across.indices(x);
            double[] weights = across.weights(x);
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int k = 0; k < indices.length; k++) {
                    sum += weights[k] * row[indices[k] * channels + c];
                }
                result[x * channels + c] = sum;
            }
        }
        return result;
    }

    /** Keeps the few input rows that the next output rows need, so that each is converted once. */
    private static final class RowCache {
        private final double[] @Nullable [] rows;
        private final IntFunction<double[]> source;
        private int forgotten;

        RowCache(int height, IntFunction<double[]> source) {
            this.rows = new double[height][];
            this.source = source;
        }

        double[] get(int y) {
            double[] row = rows[y];
            if (row == null) {
                row = source.apply(y);
                rows[y] = row;
            }
            return row;
        }

        void forgetBefore(int y) {
            for (; forgotten < y; forgotten++) {
                rows[forgotten] = null;
            }
        }
    }

    /** Rounds rows of real samples into a picture. */
    private static final class SampleSink {
        private final PictureFormat format;
        private final byte[] bytes;
        private final short[] shorts;
        private int next;

        SampleSink(PictureFormat format) {
            this.format = format;
            long samples = (long) format.width() * format.height() * format.channels();
            if (samples > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a picture of " + format.width() + "x" + format.height()
                        + " pixels is too large to be held in memory");
            }
            boolean deep = format.bitDepth() == 16;
            bytes = new byte[deep ? 0 : (int) samples];
            shorts = new short[deep ? (int) samples : 0];
        }

        void add(double[] row) {
            for (double value : row) {
                if (format.bitDepth() == 16) {
                    shorts[next++] = (short) Rounding.toSample(value, 65535);
                } else {
                    bytes[next++] = (byte) Rounding.toSample(value, 255);
                }
            }
        }

        Picture picture() {
            return format.bitDepth() == 16 ? Picture.wrap(format, shorts) : Picture.wrap(format, bytes);
        }
    }
}
