package dev.repsr.train.study;

import dev.repsr.block.Block;
import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.network.Weights;
import java.util.Arrays;

/**
 * A network in training form that normalises each picture by that picture's own means and variances, as training does with a batch,
 * instead of the population's: where the two differ much, the population does not stand for the picture.
 */
final class OwnStatistics {
    private static final int RGB = 3;
    private static final float WHITE = 255;

    private final TrainingNetwork network;
    private final Weights weights;

    OwnStatistics(TrainingNetwork network) {
        this.network = network;
        weights = network.weights();
    }

    /** Whether there is a normalisation, and none of them stands before a spatial step, which would need a border of its own. */
    static boolean isPossible(Topology topology) {
        return topology.normalised() && topology.places().stream().allMatch(place -> isPossible(place.block()));
    }

    private static boolean isPossible(Block block) {
        for (Branch branch : block.branches()) {
            boolean normalised = false;
            for (Step step : branch.steps()) {
                if (step instanceof Stencil || (normalised && step.spatial())) {
                    return false;
                }
                normalised |= step instanceof Norm;
            }
        }
        return true;
    }

    /** Channels of one size. */
    private record Maps(float[][] channels, int width, int height) {
        static Maps zero(int channels, int width, int height) {
            return new Maps(new float[channels][width * height], width, height);
        }

        /** With a ring of zero pixels. */
        Maps ringed() {
            Maps ringed = zero(channels.length, width + 2, height + 2);
            for (int c = 0; c < channels.length; c++) {
                for (int y = 0; y < height; y++) {
                    System.arraycopy(channels[c], y * width, ringed.channels[c], (y + 1) * ringed.width + 1, width);
                }
            }
            return ringed;
        }
    }

    /**
     * The enlarged picture.
     *
     * @param lr RGB of 8 bits
     */
    Picture enlarge(Picture lr) {
        Maps input = input(lr);
        Maps x = input;
        for (Place place : network.topology().places()) {
            Maps sum = Maps.zero(place.block().out(), x.width, x.height);
            for (Branch branch : place.block().branches()) {
                add(branch, place.prefix(), x, sum);
            }
            x = sum;
            if (!place.slope().isEmpty()) {
                activate(x, weights.get(place.slope()).toArray());
            }
        }
        return shuffled(x, input);
    }

    private static Maps input(Picture lr) {
        Maps maps = Maps.zero(RGB, lr.width(), lr.height());
        double[] row = new double[RGB * lr.width()];
        for (int y = 0; y < lr.height(); y++) {
            lr.copySamples(y, row);
            for (int i = 0; i < row.length; i++) {
                maps.channels[i % RGB][y * lr.width() + i / RGB] = (float) (row[i] / WHITE);
            }
        }
        return maps;
    }

    private void add(Branch branch, String prefix, Maps x, Maps sum) {
        Maps map = x.ringed();
        for (Step step : branch.steps()) {
            map = switch (step) {
                case Conv conv -> convolved(conv, prefix, map);
                case Norm norm -> normalised(norm, prefix, map, sum.width, sum.height);
                case Stencil stencil ->
                    throw new IllegalArgumentException(stencil + " is not computed here, see isPossible");
            };
        }
        int ring = (map.width - sum.width) / 2;
        for (int c = 0; c < sum.channels.length; c++) {
            for (int y = 0; y < sum.height; y++) {
                addRow(map.channels[c], (y + ring) * map.width + ring, 1, sum.channels[c], y * sum.width, sum.width);
            }
        }
    }

    private Maps convolved(Conv conv, String prefix, Maps in) {
        float[] kernel = weights.get(prefix + conv.weight()).toArray();
        String biasName = conv.bias();
        float[] bias = biasName == null
                ? new float[conv.out()]
                : weights.get(prefix + biasName).toArray();
        // A kernel that looks at one direction alone takes the ring off on all sides nonetheless.
        int margin = conv.spatial() ? 1 : 0;
        Maps out = Maps.zero(conv.out(), in.width - 2 * margin, in.height - 2 * margin);
        int top = margin - conv.height() / 2;
        int left = margin - conv.width() / 2;
        int taps = conv.height() * conv.width();
        int terms = conv.in() * taps;
        float[][] from = new float[terms][];
        int[] at = new int[terms];
        for (int y = 0; y < out.height; y++) {
            for (int term = 0; term < terms; term++) {
                int tap = term % taps;
                from[term] = in.channels[term / taps];
                at[term] = (y + top + tap / conv.width()) * in.width + left + tap % conv.width();
            }
            for (int o = 0; o < conv.out(); o++) {
                Arrays.fill(out.channels[o], y * out.width, (y + 1) * out.width, bias[o]);
                addRows(from, at, kernel, o * terms, out.channels[o], y * out.width, out.width);
            }
        }
        return out;
    }

    /** Adds rows with factors, four at a time: one by one, most of the time goes into fetching and storing the sums. */
    private static void addRows(
            float[][] from, int[] at, float[] factors, int first, float[] to, int start, int length) {
        int whole = from.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            float[] a = from[i];
            float[] b = from[i + 1];
            float[] c = from[i + 2];
            float[] d = from[i + 3];
            int aAt = at[i];
            int bAt = at[i + 1];
            int cAt = at[i + 2];
            int dAt = at[i + 3];
            float p = factors[first + i];
            float q = factors[first + i + 1];
            float r = factors[first + i + 2];
            float s = factors[first + i + 3];
            for (int x = 0; x < length; x++) {
                to[start + x] += p * a[aAt + x] + q * b[bAt + x] + r * c[cAt + x] + s * d[dAt + x];
            }
        }
        for (int i = whole; i < from.length; i++) {
            addRow(from[i], at[i], factors[first + i], to, start, length);
        }
    }

    private static void addRow(float[] from, int at, float factor, float[] to, int start, int length) {
        for (int x = 0; x < length; x++) {
            to[start + x] += factor * from[at + x];
        }
    }

    /** By mean and variance of what is not ring. */
    private Maps normalised(Norm norm, String prefix, Maps map, int width, int height) {
        float[] gamma = weights.get(prefix + norm.name() + ".gamma").toArray();
        float[] beta = weights.get(prefix + norm.name() + ".beta").toArray();
        int ring = (map.width - width) / 2;
        Maps out = Maps.zero(norm.channels(), map.width, map.height);
        for (int c = 0; c < norm.channels(); c++) {
            double sum = 0;
            double squares = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double value = map.channels[c][(y + ring) * map.width + ring + x];
                    sum += value;
                    squares += value * value;
                }
            }
            double mean = sum / ((double) width * height);
            double variance = Math.max(0, squares / ((double) width * height) - mean * mean);
            float factor = (float) (gamma[c] / Math.sqrt(variance + network.epsilon()));
            float shift = (float) (beta[c] - factor * mean);
            for (int i = 0; i < out.channels[c].length; i++) {
                out.channels[c][i] = factor * map.channels[c][i] + shift;
            }
        }
        return out;
    }

    private static void activate(Maps maps, float[] slopes) {
        for (int c = 0; c < slopes.length; c++) {
            float[] values = maps.channels[c];
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] < 0 ? slopes[c] * values[i] : values[i];
            }
        }
    }

    /** Channels become pixels, and the input enlarged by nearest neighbours is added. */
    private Picture shuffled(Maps maps, Maps input) {
        int scale = network.topology().scale();
        int width = maps.width * scale;
        int height = maps.height * scale;
        byte[] samples = new byte[RGB * width * height];
        for (int i = 0; i < samples.length; i++) {
            int c = i % RGB;
            int x = i / RGB % width;
            int y = i / RGB / width;
            int at = y / scale * maps.width + x / scale;
            float value = maps.channels[(c * scale + y % scale) * scale + x % scale][at] + input.channels[c][at];
            samples[i] = (byte) Math.round(Math.clamp(value * WHITE, 0, WHITE));
        }
        return Picture.of(new PictureFormat(width, height, RGB, 8), samples);
    }
}
