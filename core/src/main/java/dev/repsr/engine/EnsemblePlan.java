package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/**
 * How many threads and how much memory the eight orientations of a picture are enlarged with, one after the other.
 *
 * @param network as it runs the whole picture
 * @param threads most that compute an orientation of a band
 * @param orientationBytes upper bound of the buffers of one orientation of a band
 * @param bytes upper bound of all buffers
 */
record EnsemblePlan(RowNetwork network, int width, int height, int threads, long orientationBytes, long bytes)
        implements RgbPlan {
    /**
     * Rows of the input whose enlarged ones are computed at a time. The same for all threads and limits, because where a picture is
     * cut shows in the last bits. With fewer rows more of the work would be spent on the rows around them.
     */
    static final int BAND_ROWS = 64;

    private static final int RGB = 3;

    /**
     * The plan with the most threads that fits.
     *
     * @throws ImageRefused if not even one thread fits {@code memoryLimit} bytes
     */
    static EnsemblePlan of(PreparedNetwork prepared, int width, int height, int threads, long memoryLimit)
            throws ImageRefused {
        RowNetwork network = prepared.forPicture(width, height);
        long needed = bytesNeeded(network, width, height);
        if (needed > memoryLimit) {
            throw BandPlan.refusal(width, height, needed, memoryLimit);
        }
        long own = ownBytes(network, width, height);
        int cut = cutRows(network, height);
        BandPlan upright = BandPlan.of(network, width, cut, threads, memoryLimit - own);
        BandPlan turned = BandPlan.of(network, cut, width, threads, memoryLimit - own);
        long orientation = Math.max(upright.bytes(), turned.bytes());
        int most = Math.max(upright.threads(), turned.threads());
        return new EnsemblePlan(network, width, height, most, orientation, own + orientation);
    }

    /** Bytes that a picture needs at least. */
    static long bytesNeeded(PreparedNetwork prepared, int width, int height) {
        RowNetwork network = prepared.forPicture(width, height);
        int cut = cutRows(network, height);
        return ownBytes(network, width, height)
                + Math.max(BandPlan.bytesNeeded(network, width, cut), BandPlan.bytesNeeded(network, cut, width));
    }

    /** Rows around a band that the network sees from it. */
    int halo() {
        return network.network().radius();
    }

    /** How one orientation of rows cut from the picture is enlarged; those of the picture's ends are fewer. */
    BandPlan orientation(PictureFormat cut) throws ImageRefused {
        return BandPlan.of(network, cut.width(), cut.height(), threads, orientationBytes);
    }

    @Override
    public PictureRows rows(PictureRows rgb, BandThreads shared, boolean ownsThreads) {
        return new EnsembleRows(rgb, this, shared, ownsThreads);
    }

    /** Most rows that a band is computed from. */
    int cutRows() {
        return cutRows(network, height);
    }

    private static int cutRows(RowNetwork network, int height) {
        return Math.min(height, BAND_ROWS + 2 * network.network().radius());
    }

    /** The rows that are cut out, the sum, and the longest row of an orientation. */
    private static long ownBytes(RowNetwork network, int width, int height) {
        long scale = network.network().scale();
        long cut = cutRows(network, height);
        long pixels = cut * width + scale * scale * Math.min(height, BAND_ROWS) * width + scale * Math.max(cut, width);
        return Float.BYTES * RGB * pixels;
    }
}
