package dev.repsr.train.fold;

import java.util.Arrays;

/**
 * What a block's input gets of the loss through the batch's statistics, as a map of the input x:
 *
 * <pre>
 * e[q] = sum over d of x[q + d] map[d] - the same along the border lines that q lies on + x[q] corner, where q is one + zone
 * </pre>
 *
 * with x zero outside. Matrices go from the channels of x (rows) to those of e (columns).
 *
 * @param layout of all arrays
 * @param map 25 matrices, shifts (-2, -2) to (2, 2) row by row
 * @param lines 4 times 5 matrices: top, bottom, left, right; shifts -2 to 2 along the line
 * @param corners 4 matrices: top left, top right, bottom left, bottom right
 * @param zones 9 vectors: top left, top, top right, left, inside, right, bottom left, bottom, bottom right
 */
public record InputGradient(PatchLayout layout, float[] map, float[] lines, float[] corners, float[] zones) {

    /** Zeros. */
    public InputGradient(PatchLayout layout) {
        this(
                layout,
                new float[layout.matrix(25)],
                new float[layout.matrix(20)],
                new float[layout.matrix(4)],
                new float[layout.vector(9)]);
    }

    /**
     * Fills all arrays.
     *
     * @param quadratic [9 * channels, 9 * channels], the gradient of a patch p is this times p plus the constants; only blocks (k, l)
     *     of taps k &lt;= l are read
     * @param constants [9 * channels]
     */
    void take(float[] quadratic, float[] constants) {
        Arrays.fill(map, 0);
        Arrays.fill(lines, 0);
        Arrays.fill(corners, 0);
        Arrays.fill(zones, 0);
        for (int k = 0; k < 9; k++) {
            for (int l = k; l < 9; l++) {
                takeTaps(quadratic, k, l);
            }
            takeConstants(constants, k);
        }
        for (int shift = 0; shift < 12; shift++) {
            mirror(map, shift, 24 - shift);
        }
        for (int line = 0; line < PatchLayout.LINES; line++) {
            mirror(lines, 5 * line, 5 * line + 4);
            mirror(lines, 5 * line + 1, 5 * line + 3);
        }
    }

    /** A pixel that is tap k sees the one that is tap l, at the shift l - k; transposed, for columns are its channels. */
    private void takeTaps(float[] quadratic, int k, int l) {
        int dy = l / 3 - k / 3;
        int dx = l % 3 - k % 3;
        int row = dy == 0 ? PatchMoments.rowUnseen(k) : -1;
        int column = dx == 0 ? PatchMoments.columnUnseen(k) : -1;
        add(quadratic, k, l, map, 12 - 5 * dy - dx);
        if (row >= 0) {
            add(quadratic, k, l, lines, 5 * row + 2 - dx);
        }
        if (column >= 0) {
            add(quadratic, k, l, lines, 5 * column + 2 - dy);
        }
        if (row >= 0 && column >= 0) {
            add(quadratic, k, l, corners, PatchLayout.cornerOf(row, column));
        }
    }

    private void add(float[] quadratic, int k, int l, float[] to, int matrix) {
        int channels = layout.channels();
        for (int i = 0; i < channels; i++) {
            int from = (k * channels + i) * 9 * channels + l * channels;
            int at = layout.matrix(matrix) + i * layout.stride();
            for (int j = 0; j < channels; j++) {
                to[at + j] += quadratic[from + j];
            }
        }
    }

    /** The matrix at the opposite shift is the transpose. */
    private void mirror(float[] matrices, int from, int to) {
        int stride = layout.stride();
        int channels = layout.channels();
        Transpose.copy(matrices, layout.matrix(from), stride, channels, channels, matrices, layout.matrix(to), stride);
    }

    private void takeConstants(float[] constants, int k) {
        for (int zone = 0; zone < 9; zone++) {
            int row = PatchMoments.rowUnseen(k);
            int column = PatchMoments.columnUnseen(k);
            boolean seen = !((zone / 3 == 0 && row == PatchLayout.TOP)
                    || (zone / 3 == 2 && row == PatchLayout.BOTTOM)
                    || (zone % 3 == 0 && column == PatchLayout.LEFT)
                    || (zone % 3 == 2 && column == PatchLayout.RIGHT));
            for (int c = 0; seen && c < layout.channels(); c++) {
                zones[layout.vector(zone) + c] += constants[k * layout.channels() + c];
            }
        }
    }

    /**
     * Adds e to {@code gradient}: the specification of the fast ones.
     *
     * @param x the block's input
     * @param gradient as large as x
     */
    public void addTo(Pixels gradient, Pixels x) {
        for (int qy = 0; qy < x.height(); qy++) {
            for (int qx = 0; qx < x.width(); qx++) {
                addTo(gradient, x, qy, qx);
            }
        }
    }

    private void addTo(Pixels gradient, Pixels x, int qy, int qx) {
        int to = gradient.index(qy, qx);
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                addProduct(gradient, to, 1, x, qy + dy, qx + dx, map, 12 + 5 * dy + dx);
            }
        }
        boolean[] on = {qy == 0, qy == x.height() - 1, qx == 0, qx == x.width() - 1};
        for (int line = 0; line < PatchLayout.LINES; line++) {
            for (int shift = -2; on[line] && shift <= 2; shift++) {
                boolean down = line >= PatchLayout.LEFT;
                int y = down ? qy + shift : qy;
                int x1 = down ? qx : qx + shift;
                addProduct(gradient, to, -1, x, y, x1, lines, 5 * line + 2 + shift);
            }
        }
        for (int row = PatchLayout.TOP; row <= PatchLayout.BOTTOM; row++) {
            for (int column = PatchLayout.LEFT; column <= PatchLayout.RIGHT; column++) {
                if (on[row] && on[column]) {
                    addProduct(gradient, to, 1, x, qy, qx, corners, PatchLayout.cornerOf(row, column));
                }
            }
        }
        addZone(
                gradient,
                to,
                part(on[PatchLayout.TOP], on[PatchLayout.BOTTOM]),
                part(on[PatchLayout.LEFT], on[PatchLayout.RIGHT]));
    }

    private void addProduct(Pixels gradient, int to, int sign, Pixels x, int y, int x1, float[] matrices, int matrix) {
        if (x.inside(y, x1)) {
            for (int i = 0; i < layout.channels(); i++) {
                float value = sign * x.values()[x.index(y, x1) + i];
                for (int c = 0; c < layout.channels(); c++) {
                    gradient.values()[to + c] += value * matrices[layout.matrix(matrix) + i * layout.stride() + c];
                }
            }
        }
    }

    /** How often the first, middle and last third count: one of them once, but in a map of one line first + last - middle. */
    private static int[] part(boolean first, boolean last) {
        return new int[] {first ? 1 : 0, first ? last ? -1 : 0 : last ? 0 : 1, last ? 1 : 0};
    }

    private void addZone(Pixels gradient, int to, int[] rows, int[] columns) {
        for (int zone = 0; zone < 9; zone++) {
            int count = rows[zone / 3] * columns[zone % 3];
            for (int c = 0; count != 0 && c < layout.channels(); c++) {
                gradient.values()[to + c] += count * zones[layout.vector(zone) + c];
            }
        }
    }
}
