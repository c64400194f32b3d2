package dev.repsr.train.fold;

/** The sums that {@link PatchMoments} are made of, as {@link PatchLayout#sums} lays them out: their specification. */
public final class PatchSums {
    private PatchSums() {}

    /**
     * Adds those of one map.
     *
     * @param x as many channels as the layout has
     * @param sums to add to
     */
    public static void add(PatchLayout layout, Pixels x, float[] sums) {
        for (int q = 0; q < x.height() * x.width(); q++) {
            addPixel(layout, x, q / x.width(), q % x.width(), sums);
        }
    }

    private static void addPixel(PatchLayout layout, Pixels x, int qy, int qx, float[] sums) {
        for (int dy = 0; dy <= 2; dy++) {
            for (int dx = dy == 0 ? 0 : -2; dx <= 2; dx++) {
                addProduct(layout, x, qy, qx, dy, dx, sums, layout.shift(dy, dx));
            }
        }
        addValues(layout, x, qy, qx, sums, layout.total());
        boolean[] on = {qy == 0, qy == x.height() - 1, qx == 0, qx == x.width() - 1};
        for (int line = 0; line < PatchLayout.LINES; line++) {
            if (on[line]) {
                boolean down = line >= PatchLayout.LEFT;
                for (int shift = 0; shift <= 2; shift++) {
                    int at = layout.line(line, shift);
                    addProduct(layout, x, qy, qx, down ? shift : 0, down ? 0 : shift, sums, at);
                }
                addValues(layout, x, qy, qx, sums, layout.lineTotal(line));
            }
        }
        for (int row = PatchLayout.TOP; row <= PatchLayout.BOTTOM; row++) {
            for (int column = PatchLayout.LEFT; column <= PatchLayout.RIGHT; column++) {
                if (on[row] && on[column]) {
                    addProduct(layout, x, qy, qx, 0, 0, sums, layout.corner(row, column));
                    addValues(layout, x, qy, qx, sums, layout.cornerTotal(row, column));
                }
            }
        }
    }

    /** x[q] x[q + (dy, dx)]^T, nothing where that pixel lies outside. */
    private static void addProduct(PatchLayout layout, Pixels x, int qy, int qx, int dy, int dx, float[] sums, int at) {
        if (x.inside(qy + dy, qx + dx)) {
            int one = x.index(qy, qx);
            int other = x.index(qy + dy, qx + dx);
            for (int i = 0; i < layout.channels(); i++) {
                for (int j = 0; j < layout.channels(); j++) {
                    sums[at + i * layout.stride() + j] += x.values()[one + i] * x.values()[other + j];
                }
            }
        }
    }

    private static void addValues(PatchLayout layout, Pixels x, int qy, int qx, float[] sums, int at) {
        for (int i = 0; i < layout.channels(); i++) {
            sums[at + i] += x.values()[x.index(qy, qx) + i];
        }
    }
}
