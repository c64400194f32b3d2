package dev.repsr.train.step;

/**
 * How the map of one sample lies in memory: pixel after pixel with all channels of a pixel together, and a border of zeros. It
 * is widened to whole tiles of 4x4 pixels, which are zero beyond the patch too.
 *
 * @param side of the patch in pixels
 * @param channels that mean something
 * @param stride floats from pixel to pixel; what is beyond the channels is zero
 * @param border pixels of zeros on each side
 */
public record MapShape(int side, int channels, int stride, int border) {
    /**
     * Index of the first float in all arrays of the kernels. Where objects are aligned to 64 bytes
     * (-XX:ObjectAlignmentInBytes=64), this float is too, and no vector lies across two cache lines.
     */
    public static final int ORIGIN = 12;

    /** Side of a tile. */
    public static final int TILE = 4;

    /** Floats behind the last pixel that whole vectors may read. */
    private static final int SLACK = 16;

    public MapShape {
        if (side < 1 || channels < 1 || stride < channels || border < 1) {
            throw new IllegalArgumentException(
                    "side " + side + ", channels " + channels + ", stride " + stride + ", border " + border);
        }
    }

    /** Tiles along a side. */
    public int tiles() {
        return (side + TILE - 1) / TILE;
    }

    /** Pixels of a row, border included. */
    public int width() {
        return TILE * tiles() + 2 * border;
    }

    /** Floats from row to row. */
    public int row() {
        return width() * stride;
    }

    /** Index of the first channel of pixel (x, y) of the patch. */
    public int at(int y, int x) {
        return ORIGIN + (y + border) * row() + (x + border) * stride;
    }

    /** Length of an array for it. */
    public int size() {
        return ORIGIN + width() * row() + SLACK;
    }

    /** Whether tiles reach beyond the patch. */
    public boolean ragged() {
        return side % TILE != 0;
    }

    /** The same patch with another border. */
    public MapShape withBorder(int other) {
        return new MapShape(side, channels, stride, other);
    }

    /** Makes zero what whole tiles have written beyond the patch. */
    public void clearBeyond(float[] map) {
        if (!ragged()) {
            return;
        }
        int end = width() - border;
        for (int y = 0; y < end; y++) {
            int from = y < side ? at(y, side) : at(y, 0);
            java.util.Arrays.fill(map, from, ORIGIN + (y + border) * row() + row(), 0);
        }
    }
}
