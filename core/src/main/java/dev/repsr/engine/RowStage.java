package dev.repsr.engine;

/** A 3x3 convolution with its PReLU, over rows of a feature map. Immutable, shared by all threads. */
public interface RowStage {

    /** Rows that are computed together. */
    int ROWS = 4;

    /** Columns begin and end at multiples of this, but for a row's end: where an algorithm computes tiles, they do so too. */
    int COLUMNS = 4;

    /** Fewest columns that are computed at once, unless the picture is narrower. */
    int LEAST_COLUMNS = 24;

    /** Bytes of weights, all of which each call of {@link #compute} reads. */
    long weightBytes();

    /** Floats of a row that it writes, zero padding included. */
    long outFloats(int width);

    /** Lengths in floats of the scratch arrays that a thread needs. */
    long[] scratchFloats(int width);

    /**
     * Computes columns {@code first} to {@code end - 1} of rows y to y + ROWS - 1. Where a row lies outside the picture,
     * {@code in} has zeros and what is written to {@code out} is thrown away. What lies behind {@code end} may be overwritten: it is
     * computed afterwards.
     *
     * @param in rows y - 1 to y + ROWS of the map before
     * @param out rows y to y + ROWS - 1, no two of them inside the picture the same; zero padding is written with the last columns
     * @param first column, a multiple of {@link #COLUMNS}
     * @param end the picture's width or a multiple of {@link #COLUMNS}
     * @param scratch arrays of at least the lengths that {@link #scratchFloats} asks for; overwritten
     */
    void compute(float[][] in, float[][] out, int first, int end, int width, float[][] scratch);

    /**
     * Copies columns from one row that this wrote to another of another width.
     *
     * @param first column to take
     * @param width of {@code from}
     * @param at column of {@code to} that the first is written to
     * @param toWidth of {@code to}
     */
    void copy(float[] from, int first, int width, float[] to, int at, int toWidth, int columns);
}
