package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/**
 * How many threads compute a picture and how many steps they do at a time, so that the buffers fit a limit of memory.
 *
 * @param grid of the threads that compute; a single one is the reader's own
 * @param bandSteps steps between two hand-overs of rows to the reader
 * @param bytes upper bound of all buffers
 */
record BandPlan(RowNetwork network, int width, int height, ThreadGrid grid, int bandSteps, long bytes)
        implements RgbPlan {
    /**
     * Steps in a band for each that is under way: few, so that rows are read while they are in the caches, but a reader in a thread of
     * its own should not be woken for each.
     */
    private static final int STEPS = 4;

    private static final int RGB = 3;

    /**
     * The plan with the most threads, then the most steps at a time, that fits.
     *
     * @throws ImageRefused if not even one step at a time on one thread fits {@code memoryLimit} bytes
     */
    static BandPlan of(PreparedNetwork prepared, int width, int height, int threads, long memoryLimit)
            throws ImageRefused {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        RowNetwork network = prepared.forPicture(width, height);
        int stages = network.stages().size();
        int steps = new RowSteps(stages, height).count();
        for (int t = threads; t >= 1; t--) {
            ThreadGrid grid = ThreadGrid.of(t, stages, steps, width);
            for (int each = t == 1 ? 1 : STEPS; each >= 1; each /= 2) {
                int bandSteps = each * grid.steps();
                long bytes = bytes(network, height, grid, bandSteps);
                if (bytes <= memoryLimit) {
                    return new BandPlan(network, width, height, grid, bandSteps, bytes);
                }
            }
        }
        throw refusal(width, height, bytesNeeded(network, width, height), memoryLimit);
    }

    /** Says how many bytes a picture needs. */
    static ImageRefused refusal(int width, int height, long needed, long memoryLimit) {
        return new ImageRefused(
                ImageRefused.Reason.TOO_LARGE,
                "a picture of " + width + "x" + height + " pixels needs " + needed
                        + " bytes of working memory to be enlarged, and the limit is " + memoryLimit
                        + "; raise the limit or cut the picture");
    }

    /** Bytes that a picture needs at least: one thread, one step at a time. */
    static long bytesNeeded(PreparedNetwork network, int width, int height) {
        RowNetwork rows = network.forPicture(width, height);
        return bytes(rows, height, new ThreadGrid(1, 1, rows.stages().size(), width), 1);
    }

    /** Most rows of the picture that the bands under way have taken in. */
    static long rowsAhead(int threads) {
        return (long) bands(threads) * STEPS * threads * RowStage.ROWS;
    }

    @Override
    public int threads() {
        return grid.threads();
    }

    @Override
    public PictureRows rows(PictureRows rgb, BandThreads shared, boolean ownsThreads) {
        return new EnlargedRows(rgb, this, shared, ownsThreads);
    }

    RowPipeline pipeline() {
        return new RowPipeline(network, height, grid);
    }

    /** Bands that exist at the same time: the one that is read, and with threads of their own the next one and the one after it. */
    int bands() {
        return bands(threads());
    }

    Band band() {
        int scale = network.network().scale();
        return new Band(bandSteps * RowStage.ROWS * scale, network.enlargedFloats(width));
    }

    PictureFormat output(PictureFormat input) {
        int scale = network.network().scale();
        return input.resized(Math.multiplyExact(width, scale), Math.multiplyExact(height, scale));
    }

    private static int bands(int threads) {
        return threads == 1 ? 1 : 3;
    }

    private static long bytes(RowNetwork network, int height, ThreadGrid grid, int bandSteps) {
        return RowPipeline.bytes(network, height, grid)
                + bands(grid.threads()) * bandBytes(network, grid.width(), bandSteps);
    }

    /** Rows that a band takes in and gives. */
    private static long bandBytes(RowNetwork network, int width, int bandSteps) {
        long scale = network.network().scale();
        long floats = (long) RGB * width + scale * network.enlargedFloats(width);
        return Float.BYTES * (long) bandSteps * RowStage.ROWS * floats;
    }
}
