package dev.repsr.engine;

import java.util.List;

/**
 * A network as one engine runs it: {@link RowStage#ROWS} rows at a time go through every convolution before the next rows
 * do. What a row looks like inside is the engine's own matter. Immutable, shared by all threads.
 */
public interface RowNetwork extends PreparedNetwork {

    /** Name of the engine. */
    String engine();

    /** The convolutions, first to last; at least one. */
    List<? extends RowStage> stages();

    /** Floats of a picture row, zero padding included. */
    long pictureFloats(int width);

    /**
     * Brings columns {@code first} to {@code first + width - 1} of a picture row (interleaved RGB in 0..1) into the form that the first
     * stage reads, a row of {@code width} columns.
     */
    void load(float[] rgb, int first, int width, float[] row);

    /** Floats of an enlarged row as {@link #emit} writes it, and of the scratch that it needs. */
    long enlargedFloats(int width);

    /**
     * Shuffles columns {@code first} to {@code end - 1} of one row of the last convolution and adds what the network adds to
     * them. What lies behind them may be overwritten: it is emitted afterwards.
     *
     * @param conv row of the last stage
     * @param picture the same row of the picture, as {@link #load} made it
     * @param width columns of these two
     * @param enlarged as many rows as the network's scale: interleaved RGB, not clamped
     * @param at the column of the picture that {@code first} is, which says where to write
     * @param scratch overwritten
     */
    void emit(
            float[] conv, float[] picture, int first, int end, int width, float[][] enlarged, int at, float[] scratch);

    @Override
    default RowNetwork forPicture(int width, int height) {
        return this;
    }
}
