package dev.repsr.engine;

import java.util.Arrays;

/** Some rows of the enlarged picture, in order. */
final class Band {
    private final float[][] rows;
    private int count;

    /** Room for {@code rows} rows of {@code floats} floats. */
    Band(int rows, long floats) {
        this.rows = new float[rows][Math.toIntExact(floats)];
    }

    /** From now on it has this many rows, to be filled. */
    void begin(int rowCount) {
        count = rowCount;
    }

    /** Some of the rows. */
    float[][] rows(int first, int number) {
        return Arrays.copyOfRange(rows, first, first + number);
    }

    int rows() {
        return count;
    }

    float[] row(int i) {
        return rows[i];
    }
}
