package dev.repsr.engine;

import dev.repsr.image.ImageRefused;

/**
 * How a picture is cut into bands, so that the threads are busy and the buffers fit a limit of memory.
 *
 * @param threads that compute bands; 1 means the reader's own
 * @param bandRows input rows of a band; the last band may have fewer
 * @param bytes upper bound of all buffers
 */
record BandPlan(int threads, int bandRows, long bytes) {
    /** Where bands cost no halo, they need not be large. */
    private static final int SMALL_BAND = 16;

    /** A band this many times as high as the network's radius repeats about an eighth of the work in its halo. */
    private static final int BAND_PER_RADIUS = 8;

    private static final int RGB = 3;

    /**
     * The plan with the most threads, then the highest useful bands, that fits.
     *
     * @throws ImageRefused if not even one row at a time on one thread fits {@code memoryLimit} bytes
     */
    static BandPlan of(PreparedNetwork network, int width, int height, int threads, long memoryLimit)
            throws ImageRefused {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        int radius = network.network().radius();
        for (int t = Math.min(threads, height); t >= 1; t--) {
            int useful =
                    t == 1 && network.continuesBands() ? SMALL_BAND : Math.max(SMALL_BAND, BAND_PER_RADIUS * radius);
            int least = t == 1 ? 1 : Math.max(1, radius);
            for (int rows = Math.min(useful, Math.ceilDiv(height, t)); rows >= 1; rows /= 2) {
                long bytes = bytes(network, width, t, rows);
                if (bytes <= memoryLimit) {
                    return new BandPlan(t, rows, bytes);
                }
                if (rows / 2 < least) {
                    break;
                }
            }
        }
        throw new ImageRefused(
                ImageRefused.Reason.TOO_LARGE,
                "a picture of " + width + "x" + height + " pixels needs " + bytesNeeded(network, width)
                        + " bytes of working memory to be enlarged, and the limit is " + memoryLimit
                        + "; raise the limit or cut the picture");
    }

    /** Bytes that rows of this width need at least: one thread, one row at a time. */
    static long bytesNeeded(PreparedNetwork network, int width) {
        return bytes(network, width, 1, 1);
    }

    /** Bands that are computed or wait to be read at the same time. */
    int bandsInFlight() {
        return bandsInFlight(threads);
    }

    private static int bandsInFlight(int threads) {
        return threads == 1 ? 1 : threads + 1;
    }

    private static long bytes(PreparedNetwork network, int width, int threads, int bandRows) {
        long bands = bandsInFlight(threads);
        long scale = network.network().scale();
        long inputRow = (long) Float.BYTES * RGB * width;
        long inputRows = bands * bandRows + 2L * network.network().radius();
        long outputRows = bands * bandRows * scale;
        return threads * network.workerBytes(width, bandRows) + inputRows * inputRow + outputRows * scale * inputRow;
    }
}
