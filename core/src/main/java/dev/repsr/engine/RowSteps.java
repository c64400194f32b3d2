package dev.repsr.engine;

/**
 * Which rows each step of a network computes, so that each layer keeps only a few rows and nothing is computed twice. With
 * R = {@link RowStage#ROWS}, step t takes in the picture's rows R t to R t + R - 1; stage l computes the rows R t - 1 - l
 * and following, one row later than the stage before, because it reads one row below its own; the last stage's rows are
 * then emitted. Which rows a tile of a stage holds thus depends on the stage alone.
 *
 * @param stages number of convolutions
 * @param height of the picture
 */
record RowSteps(int stages, int height) {
    static final int ROWS = RowStage.ROWS;

    /** Steps until the last row is emitted. */
    int count() {
        return (int) (((long) height - 1 + stages) / ROWS) + 1;
    }

    /** First row of stage {@code stage} in a step; -1 is the picture's own stage. */
    int firstRow(int step, int stage) {
        return ROWS * step - 1 - stage;
    }

    /** Rows of the picture that are taken in before {@code step}. */
    int inputBefore(int step) {
        return (int) Math.min(height, (long) ROWS * step);
    }

    /** Rows that are emitted, in rows of the input, before {@code step}. */
    int emittedBefore(int step) {
        return Math.clamp((long) ROWS * step - stages, 0, height);
    }

    /** Rows of the picture to keep: from the newest one to the oldest one that is emitted or read by the first stage. */
    int pictureRing(int stepsKept) {
        return ROWS * stepsKept + Math.max(2, stages);
    }

    /** Rows of a stage to keep; nobody but the same step reads the last stage's. */
    int ring(int stage, int stepsKept) {
        return ROWS * stepsKept + (stage == stages - 1 ? 0 : 2);
    }
}
