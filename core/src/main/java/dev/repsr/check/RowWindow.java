package dev.repsr.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Copies of rows that went by, the oldest of which are given up as later ones come. */
final class RowWindow {
    private final int length;
    private final Deque<float[]> spare = new ArrayDeque<>();
    private float[][] ring = new float[1][];
    private int first;
    private int end;

    /** @param length samples of a row */
    RowWindow(int length) {
        this.length = length;
    }

    void add(float[] row) {
        if (end - first == ring.length) {
            grow();
        }
        float[] copy = spare.isEmpty() ? new float[length] : spare.removeLast();
        System.arraycopy(row, 0, copy, 0, length);
        ring[end % ring.length] = copy;
        end++;
    }

    private void grow() {
        float[][] larger = new float[2 * ring.length][];
        for (int y = first; y < end; y++) {
            larger[y % larger.length] = ring[y % ring.length];
        }
        ring = larger;
    }

    /** Row y, which is not given up. */
    float[] row(int y) {
        if (y < first || y >= end) {
            throw new IllegalStateException("row " + y + " where " + first + " to " + end + " are kept");
        }
        return ring[y % ring.length];
    }

    /** Gives up the rows before y. */
    void dropBefore(int y) {
        while (first < y) {
            spare.add(row(first));
            first++;
        }
    }

    /** Rows that went by. */
    int end() {
        return end;
    }

    /** Some columns of some rows. */
    float[][] copy(int top, int bottom, int from, int to) {
        float[][] copy = new float[bottom - top][];
        for (int y = top; y < bottom; y++) {
            copy[y - top] = Arrays.copyOfRange(row(y), from, to);
        }
        return copy;
    }
}
