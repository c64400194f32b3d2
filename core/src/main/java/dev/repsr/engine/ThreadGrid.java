package dev.repsr.engine;

/**
 * How threads share a picture, each with a cell of the grid. It is cut into parts of neighbouring columns, so that the rows of a part
 * stay in the caches of one core; where a picture is too narrow for as many parts as there are threads, or reading the weights takes
 * long, its stages are cut into groups.
 *
 * <p>The cuts between parts run aslant, some columns further to the left with every stage: what a part reads of the stage before then
 * lies in the part itself or at the right edge of the one on its left. Nothing is computed twice, and no part waits for the one on its
 * right.
 *
 * @param parts of the columns
 * @param groups of the stages
 * @param stages of the network
 * @param width of the picture
 */
record ThreadGrid(int parts, int groups, int stages, int width) {
    /** Columns that a cut moves from stage to stage: whole tiles, and more than the one column that a convolution looks ahead. */
    private static final int SLANT = RowStage.COLUMNS;

    /** Columns on the left of a part that its next stage reads, which the part on its left computes. */
    static final int EDGE = SLANT + 1;

    /** Steps that cells may be ahead beyond what they have to, so that none waits for one that is late. */
    private static final int SLACK = 1;

    /** Weights beyond this do not stay in the caches of one core from step to step. */
    private static final long CACHED_BYTES = 4L << 20;

    /**
     * How many columns are computed while the weights come from further away. Measured with M16C64 and pictures of 640 columns on
     * two cores (AMD EPYC, 2026): two groups took 0.91 times as long as two parts. Where they stay (M10C32), both took as long.
     */
    private static final int FETCH_COLUMNS = 128;

    /**
     * The grid that is done first; of several the one with the most parts, and then with the most threads.
     *
     * @param weightBytes of all stages: each part reads them all in each step, but each group its own
     */
    static ThreadGrid of(int threads, int stages, int steps, int width, long weightBytes) {
        int most = Math.min(threads, steps);
        int fetch = weightBytes > CACHED_BYTES ? FETCH_COLUMNS : 0;
        ThreadGrid best = new ThreadGrid(1, 1, stages, width);
        for (int parts = most; parts >= 1; parts--) {
            for (int groups = Math.min(most / parts, stages); groups >= 1; groups--) {
                ThreadGrid grid = new ThreadGrid(parts, groups, stages, width);
                if ((parts == 1 || grid.fits()) && grid.time(fetch) < best.time(fetch)) {
                    best = grid;
                }
            }
        }
        return best;
    }

    /** Of a step in the slowest cell: columns of a stage. */
    private double time(int fetch) {
        return Math.ceilDiv(stages, groups) * ((double) width / parts + fetch);
    }

    int threads() {
        return parts * groups;
    }

    /** Steps that are under way or read at a time: a cell does a step when the one on its left and the group before have done it. */
    int stepsKept() {
        return threads() == 1 ? 1 : parts + groups - 1 + SLACK;
    }

    /** Of all grids of this many threads. */
    static int mostStepsKept(int threads) {
        return new ThreadGrid(threads, 1, 1, 1).stepsKept();
    }

    /** First stage of a group. */
    int firstStage(int group) {
        return stages * group / groups;
    }

    /** Which group a stage is in. */
    int group(int stage) {
        int group = 0;
        while (firstStage(group + 1) <= stage) {
            group++;
        }
        return group;
    }

    /** The column that a part's rows begin with. */
    int origin(int part) {
        return part == 0 ? 0 : cut(part, stages);
    }

    /** Columns of a part's rows, those of the picture included that its first stage reads. */
    int columns(int part) {
        return end(part, -1) - origin(part);
    }

    /** First column that a part computes in a stage. */
    int first(int part, int stage) {
        return part == 0 ? 0 : cut(part, stage);
    }

    /** The column behind the last one that a part computes in a stage; in stage -1, that it takes from the picture. */
    int end(int part, int stage) {
        return part == parts - 1 ? width : cut(part + 1, stage);
    }

    /** In the mean over all stages the cuts make parts of the same size. */
    private int cut(int part, int stage) {
        long even = (long) width * part / parts + (long) SLANT * stages / 2;
        return (int) (even / SLANT - stage) * SLANT;
    }

    /** Whether no part is too narrow for the stages. */
    boolean fits() {
        for (int part = 0; part < parts; part++) {
            for (int stage = 0; stage < stages; stage++) {
                if (end(part, stage) - first(part, stage) < RowStage.LEAST_COLUMNS) {
                    return false;
                }
            }
        }
        return true;
    }
}
