package dev.repsr.engine;

import java.util.Arrays;

/** The rows that one step takes in, and those of the enlarged picture that it gives. */
final class Band {
    private final float[][] input;
    private final float[][] rows;

    /**
     * Room for the rows.
     *
     * @param width of the picture
     */
    Band(RowNetwork network, int width) {
        this.input = new float[RowStage.ROWS][Math.toIntExact(inputFloats(width))];
        int scale = network.network().scale();
        this.rows = new float[RowStage.ROWS * scale][Math.toIntExact(network.enlargedFloats(width))];
    }

    /** Bytes that a band holds. */
    static long bytes(RowNetwork network, int width) {
        long enlarged = network.network().scale() * network.enlargedFloats(width);
        return Float.BYTES * RowStage.ROWS * (inputFloats(width) + enlarged);
    }

    private static long inputFloats(int width) {
        return 3L * width;
    }

    /** A row of the picture, interleaved RGB. */
    float[] input(int i) {
        return input[i];
    }

    /** Some of the enlarged rows. */
    float[][] rows(int first, int number) {
        return Arrays.copyOfRange(rows, first, first + number);
    }

    /** An enlarged row. */
    float[] row(int i) {
        return rows[i];
    }
}
