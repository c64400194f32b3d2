package dev.repsr.train.data;

/** The eight symmetries of the square: bit 0 mirrors left to right, bit 1 top to bottom, bit 2 swaps rows and columns first. */
final class Orientation {
    private Orientation() {}

    /** Where, in a square of {@code side} pixels, pixel (x, y) of the oriented square comes from: row-major index. */
    static int source(int orientation, int x, int y, int side) {
        int fromX = (orientation & 1) == 0 ? x : side - 1 - x;
        int fromY = (orientation & 2) == 0 ? y : side - 1 - y;
        return (orientation & 4) == 0 ? fromY * side + fromX : fromX * side + fromY;
    }
}
