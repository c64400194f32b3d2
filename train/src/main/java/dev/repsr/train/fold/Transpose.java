package dev.repsr.train.fold;

/** Transposes of matrices in arrays. */
final class Transpose {
    private static final int TILE = 8;

    private Transpose() {}

    /**
     * {@code to[toAt + column * toRow + row] = from[fromAt + row * fromRow + column]}, in tiles that caches hold.
     *
     * @param rows of {@code from}
     * @param columns of {@code from}
     */
    static void copy(float[] from, int fromAt, int fromRow, int rows, int columns, float[] to, int toAt, int toRow) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int column = 0; column < columns; column++) {
                int at = toAt + column * toRow;
                int fromColumn = fromAt + column;
                for (int row = top; row < bottom; row++) {
                    to[at + row] = from[fromColumn + row * fromRow];
                }
            }
        }
    }

    /** The same of matrices without gaps. */
    static void copy(float[] from, int fromAt, int rows, int columns, float[] to, int toAt) {
        copy(from, fromAt, columns, rows, columns, to, toAt, rows);
    }

    /** The same, added. */
    static void add(float[] from, int fromAt, int rows, int columns, float[] to, int toAt) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int column = 0; column < columns; column++) {
                for (int row = top; row < bottom; row++) {
                    to[toAt + column * rows + row] += from[fromAt + row * columns + column];
                }
            }
        }
    }
}
