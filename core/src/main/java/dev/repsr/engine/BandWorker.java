package dev.repsr.engine;

import java.io.IOException;

/** Computes bands of one picture, reusing its buffers. Owned by one thread at a time. */
public interface BandWorker {

    /** Gives the rows of the input picture. */
    @FunctionalInterface
    interface RowInput {
        /**
         * Copies input row {@code y} (interleaved RGB in 0..1, {@code 3 * width} floats) to {@code target} from
         * {@code offset} on.
         */
        void copyRow(int y, float[] target, int offset) throws IOException;
    }

    /** Takes the rows of the enlarged picture. */
    @FunctionalInterface
    interface RowOutput {
        /**
         * Takes output row {@code y} (interleaved RGB, not clamped, {@code 3 * width * scale} floats from index 0 of
         * {@code row}); the array is only lent and may be longer.
         */
        void acceptRow(int y, float[] row) throws IOException;
    }

    /**
     * Computes the output rows that belong to the input rows {@code top} to {@code top + rows - 1}, in order. Reads input
     * rows from {@code top - radius} to {@code top + rows - 1 + radius}, only those inside the picture; a worker whose
     * last band ended at {@code top} may remember rows of it. The result does not depend on how the picture is cut into
     * bands.
     *
     * @throws IndexOutOfBoundsException if the band is empty or not inside the picture
     * @throws IOException what {@code input} or {@code output} throws; the worker stays usable
     */
    void run(RowInput input, int top, int rows, RowOutput output) throws IOException;
}
