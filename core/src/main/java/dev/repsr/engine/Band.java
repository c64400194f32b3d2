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

    void clear() {
        count = 0;
    }

    /** The next {@code more} rows, to be filled. */
    float[][] next(int more) {
        count += more;
        return Arrays.copyOfRange(rows, count - more, count);
    }

    int rows() {
        return count;
    }

    float[] row(int i) {
        return rows[i];
    }
}
