package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.Limit;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/**
 * How many threads compute a picture, so that the buffers fit a limit of memory.
 *
 * @param grid of the threads that compute, the reader's own among them
 * @param bytes upper bound of all buffers
 */
record BandPlan(RowNetwork network, int width, int height, ThreadGrid grid, long bytes) implements RgbPlan {
    /**
     * The plan with the most threads that fits.
     *
     * @throws ImageRefused if not even one thread fits {@code memoryLimit} bytes
     */
    static BandPlan of(PreparedNetwork prepared, int width, int height, int threads, long memoryLimit)
            throws ImageRefused {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        RowNetwork network = prepared.forPicture(width, height);
        int stages = network.stages().size();
        int steps = new RowSteps(stages, height).count();
        long weightBytes =
                network.stages().stream().mapToLong(RowStage::weightBytes).sum();
        for (int t = threads; t >= 1; t--) {
            ThreadGrid grid = ThreadGrid.of(t, stages, steps, width, weightBytes);
            long bytes = RowPipeline.bytes(network, height, grid);
            if (bytes <= memoryLimit) {
                return new BandPlan(network, width, height, grid, bytes);
            }
        }
        throw refusal(width, height, bytesNeeded(network, width, height), memoryLimit);
    }

    /** Says how many bytes a picture needs. */
    static ImageRefused refusal(int width, int height, long needed, long memoryLimit) {
        return new ImageRefused(
                Limit.MEMORY,
                "a picture of " + width + "x" + height + " pixels needs " + needed
                        + " bytes of working memory to be enlarged, and the limit is " + memoryLimit
                        + "; raise the limit or cut the picture");
    }

    /** Bytes that a picture needs at least: one thread. */
    static long bytesNeeded(PreparedNetwork network, int width, int height) {
        RowNetwork rows = network.forPicture(width, height);
        return RowPipeline.bytes(
                rows, height, new ThreadGrid(1, 1, rows.stages().size(), width));
    }

    /** Most rows of the picture that the steps under way have taken in. */
    static long rowsAhead(int threads) {
        return (long) ThreadGrid.mostStepsKept(threads) * RowStage.ROWS;
    }

    @Override
    public int threads() {
        return grid.threads();
    }

    @Override
    public PictureRows rows(PictureRows rgb, BandThreads shared, boolean ownsThreads) {
        return new EnlargedRows(rgb, this, shared, ownsThreads);
    }

    PictureFormat output(PictureFormat input) {
        int scale = network.network().scale();
        return input.resized(Math.multiplyExact(width, scale), Math.multiplyExact(height, scale));
    }
}
