package dev.repsr.engine;

/**
 * How threads share a picture. Each step is cut into parts of neighbouring columns, one a thread, so that the rows of a part stay in
 * the caches of one core; where a picture is too narrow for as many parts as there are threads, several steps are under way.
 *
 * <p>The cuts run aslant, some columns further to the left with every stage: what a part reads of the stage before then lies in the
 * part itself or on its left, and parts wait for one neighbour only.
 *
 * @param parts of a step
 * @param steps under way at a time
 * @param stages of the network
 * @param width of the picture
 */
record ThreadGrid(int parts, int steps, int stages, int width) {
    /** Columns that a cut moves from stage to stage: whole tiles, and more than the one column that a convolution looks ahead. */
    private static final int SLANT = RowStage.COLUMNS;

    /** The grid that uses the most of the threads, with the most parts. */
    static ThreadGrid of(int threads, int stages, int steps, int width) {
        ThreadGrid best = new ThreadGrid(1, Math.min(threads, Math.min(stages, steps)), stages, width);
        for (int parts = 2; parts <= threads; parts++) {
            int underWay = Math.min(threads / parts, Math.min(stages, steps));
            ThreadGrid grid = new ThreadGrid(parts, underWay, stages, width);
            if (grid.fits() && grid.threads() >= best.threads()) {
                best = grid;
            }
        }
        return best;
    }

    int threads() {
        return parts * steps;
    }

    /** Steps whose rows are kept: a part may be one step ahead of that on its right. */
    int stepsKept() {
        return parts == 1 ? steps : steps + 1;
    }

    /** First column of a part in a stage; -1 is the picture's own stage, and behind the last one rows are emitted. */
    int first(int part, int stage) {
        return part == 0 ? 0 : cut(part, stage);
    }

    /** The column behind the last one of a part in a stage. */
    int end(int part, int stage) {
        return part == parts - 1 ? width : cut(part + 1, stage);
    }

    /** In the mean over all stages the cuts make parts of the same size. */
    private int cut(int part, int stage) {
        long even = (long) width * part / parts + (long) SLANT * stages / 2;
        return (int) (even / SLANT - stage) * SLANT;
    }

    /**
     * Whether no part is too narrow for the stages, and none reads columns of any but its neighbour: the picture's are read until
     * the row is emitted.
     */
    boolean fits() {
        int least = Math.max(RowStage.LEAST_COLUMNS, SLANT * (stages + 2));
        for (int part = 0; part < parts; part++) {
            for (int stage = -1; stage <= stages; stage++) {
                if (end(part, stage) - first(part, stage) < least) {
                    return false;
                }
            }
        }
        return true;
    }
}
