package dev.repsr.train.fold;

/**
 * Where things lie in the arrays that describe 3x3 patches of a map by shifts and borders: the sums that go into
 * {@link PatchMoments} and the maps of an {@link InputGradient}. An array is {@code origin} floats that mean nothing, then
 * matrices [channels, channels] whose rows and number of rows are both {@code stride}, then vectors of {@code stride}. What
 * lies beyond the channels is neither read nor written.
 *
 * <p>Lines are the pixels of the map's border: top, bottom, left, right; corners are top left, top right, bottom left, bottom right.
 *
 * @param channels C
 * @param stride at least C
 * @param origin 0 or more
 */
public record PatchLayout(int channels, int stride, int origin) {

    /** Number of the line of pixels at the top. */
    public static final int TOP = 0;

    /** Number of the line at the bottom. */
    public static final int BOTTOM = 1;

    /** Number of the line on the left. */
    public static final int LEFT = 2;

    /** Number of the line on the right. */
    public static final int RIGHT = 3;

    /** How many lines there are. */
    public static final int LINES = 4;

    /** Half of the shifts within two pixels, and none; at the opposite shift is the transpose. */
    private static final int SHIFTS = 13;

    private static final int LINE_SHIFTS = 3;
    private static final int CORNERS = 4;
    private static final int FIRST_CORNER = SHIFTS + LINES * LINE_SHIFTS;
    private static final int MATRICES = FIRST_CORNER + CORNERS;
    private static final int VECTORS = 9;

    public PatchLayout {
        if (channels < 1 || stride < channels || origin < 0) {
            throw new IllegalArgumentException(channels + " channels, stride " + stride + ", origin " + origin);
        }
    }

    /** Without gaps. */
    public static PatchLayout dense(int channels) {
        return new PatchLayout(channels, channels, 0);
    }

    /**
     * Floats of an array of sums. In this order: the 13 shifts (0, 0), (0, 1), (0, 2), (1, -2) to (1, 2), (2, -2) to (2, 2), of
     * which each is sum over pixels q of x[q] x[q + shift]^T; for each line the shifts 0, 1 and 2 along it, q on that line alone;
     * the four corners, q that corner alone; then nine vectors, sums of x over all pixels, the four lines and the four corners.
     */
    public int sums() {
        return origin + MATRICES * matrix() + VECTORS * stride;
    }

    /** Index of the sum over all pixels of x[q] x[q + (dy, dx)]^T; (dy, dx) is (0, 0) or behind it row by row. */
    public int shift(int dy, int dx) {
        return matrix(dy == 0 ? dx : 5 * dy + dx);
    }

    /** Index of the same sum over one line, the shift along it. */
    public int line(int line, int shift) {
        return matrix(SHIFTS + LINE_SHIFTS * line + shift);
    }

    /** Index of the same over one corner without a shift; {@code row} is TOP or BOTTOM, {@code column} LEFT or RIGHT. */
    public int corner(int row, int column) {
        return matrix(FIRST_CORNER + cornerOf(row, column));
    }

    /** Index of the sum of x. */
    public int total() {
        return matrix(MATRICES);
    }

    /** Index of the sum of x over one line. */
    public int lineTotal(int line) {
        return total() + (1 + line) * stride;
    }

    /** Index of x at one corner. */
    public int cornerTotal(int row, int column) {
        return total() + (1 + LINES + cornerOf(row, column)) * stride;
    }

    /** Number of a corner; {@code row} is TOP or BOTTOM, {@code column} LEFT or RIGHT. */
    public static int cornerOf(int row, int column) {
        return 2 * row + column - LEFT;
    }

    /** Index of vector {@code number} in an array of vectors; of so many the number of floats. */
    public int vector(int number) {
        return origin + number * stride;
    }

    /** Index of matrix {@code number} in an array of matrices; of so many the number of floats. */
    public int matrix(int number) {
        return origin + number * matrix();
    }

    private int matrix() {
        return stride * stride;
    }
}
