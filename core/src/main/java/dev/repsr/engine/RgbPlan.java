package dev.repsr.engine;

import dev.repsr.image.PictureRows;

/** How an RGB picture is enlarged so that the buffers fit a limit of memory. */
sealed interface RgbPlan permits BandPlan, EnsemblePlan {

    /** Threads that compute; a single one is the reader's own. */
    int threads();

    /** Upper bound of all buffers. */
    long bytes();

    /**
     * The enlarged picture.
     *
     * @param rgb of the size that was planned for; closed together with the result
     * @param shared at least as many as are planned; they may compute other pictures too
     * @param ownsThreads whether they are closed together with the result
     */
    PictureRows rows(PictureRows rgb, BandThreads shared, boolean ownsThreads);
}
