package dev.repsr.train.data;

import dev.repsr.image.Picture;
import java.util.Arrays;

/**
 * What a picture looks like from far away, for finding the same picture again in another size, compression or brightness: a
 * hash by the signs of its slowest cosines (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions",
 * 2010), and the thumbnail itself, which confirms. A part of a picture does not look like the whole.
 */
public final class Fingerprint {
    private static final int SIDE = 32;
    private static final int SLOW = 8;
    private static final int MOST_BITS = 10;
    private static final double LEAST_CORRELATION = 0.97;
    private static final int ORIENTATIONS = 8;
    private static final double[] COSINES = new double[SLOW * SIDE];

    static {
        for (int u = 0; u < SLOW; u++) {
            for (int x = 0; x < SIDE; x++) {
                COSINES[u * SIDE + x] = StrictMath.cos((2 * x + 1) * u * StrictMath.PI / (2 * SIDE));
            }
        }
    }

    /** Luma of 32x32 areas with mean 0 and sum of squares 1, or all 0 for a flat picture. */
    private final double[] thumbnail;

    private final long hash;

    private Fingerprint(double[] thumbnail) {
        this.thumbnail = thumbnail;
        this.hash = hash(thumbnail);
    }

    /** Of a picture of at least one pixel. */
    public static Fingerprint of(Picture picture) {
        Picture rgb = picture.toRgb8();
        double[] sums = new double[SIDE * SIDE];
        int[] counts = new int[SIDE * SIDE];
        double[] row = new double[3 * rgb.width()];
        // A small picture has fewer pixels than areas: each area then takes the pixel that it lies in.
        int rows = Math.max(SIDE, rgb.height());
        int columns = Math.max(SIDE, rgb.width());
        for (int y = 0; y < rows; y++) {
            rgb.copySamples((int) ((long) y * rgb.height() / rows), row);
            int area = (int) ((long) y * SIDE / rows) * SIDE;
            for (int x = 0; x < columns; x++) {
                int from = 3 * (int) ((long) x * rgb.width() / columns);
                int cell = area + (int) ((long) x * SIDE / columns);
                sums[cell] += 0.299 * row[from] + 0.587 * row[from + 1] + 0.114 * row[from + 2];
                counts[cell]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return new Fingerprint(normalised(sums));
    }

    private static double[] normalised(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        // Below half a level of contrast there is nothing to compare.
        double norm = squares < 0.25 * values.length ? 0 : 1 / Math.sqrt(squares);
        return Arrays.stream(values).map(v -> (v - mean) * norm).toArray();
    }

    private static long hash(double[] thumbnail) {
        double[] slow = new double[SLOW * SLOW];
        for (int v = 0; v < SLOW; v++) {
            for (int y = 0; y < SIDE; y++) {
                for (int u = 0; u < SLOW; u++) {
                    double sum = 0;
                    for (int x = 0; x < SIDE; x++) {
                        sum += COSINES[u * SIDE + x] * thumbnail[y * SIDE + x];
                    }
                    slow[v * SLOW + u] += COSINES[v * SIDE + y] * sum;
                }
            }
        }
        double[] sorted = Arrays.copyOfRange(slow, 1, slow.length);
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long bits = 0;
        for (int i = 1; i < slow.length; i++) {
            bits |= slow[i] > median ? 1L << i : 0;
        }
        return bits;
    }

    /** The picture itself and as it looks turned and mirrored: eight. */
    public Fingerprint[] orientations() {
        Fingerprint[] all = new Fingerprint[ORIENTATIONS];
        for (int o = 0; o < ORIENTATIONS; o++) {
            double[] turned = new double[SIDE * SIDE];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = thumbnail[Orientation.source(o, i % SIDE, i / SIDE, SIDE)];
            }
            all[o] = new Fingerprint(turned);
        }
        return all;
    }

    /** Whether both are most likely the same picture. */
    public boolean matches(Fingerprint other) {
        if (Long.bitCount(hash ^ other.hash) > MOST_BITS) {
            return false;
        }
        double correlation = 0;
        for (int i = 0; i < thumbnail.length; i++) {
            correlation += thumbnail[i] * other.thumbnail[i];
        }
        return correlation >= LEAST_CORRELATION;
    }
}
