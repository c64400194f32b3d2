package dev.repsr.train.step;

/** From patches as they are loaded to maps. */
final class Patches {
    private static final int RGB = 3;

    private Patches() {}

    /**
     * Copies a picture.
     *
     * @param lr [N, 3, side, side]
     * @param n which of them
     */
    static void picture(float[] lr, int n, MapShape shape, float[] map) {
        int side = shape.side();
        for (int c = 0; c < RGB; c++) {
            for (int y = 0; y < side; y++) {
                int from = ((n * RGB + c) * side + y) * side;
                int to = shape.at(y, 0) + c;
                for (int x = 0; x < side; x++) {
                    map[to + x * shape.stride()] = lr[from + x];
                }
            }
        }
    }

    /**
     * What the last layer should make of a picture: the pixels of the enlarged one in the order before the pixel shuffle, less the
     * nearest neighbour.
     *
     * @param lr [N, 3, side, side]
     * @param hr [N, 3, side * scale, side * scale]
     * @param n which of them
     */
    static void target(float[] lr, float[] hr, int n, int scale, MapShape shape, float[] map) {
        int side = shape.side();
        int wide = side * scale;
        for (int c = 0; c < RGB; c++) {
            for (int y = 0; y < side; y++) {
                int near = ((n * RGB + c) * side + y) * side;
                for (int i = 0; i < scale; i++) {
                    int from = ((n * RGB + c) * wide + y * scale + i) * wide;
                    residualRow(lr, near, hr, from, scale, map, shape.at(y, 0) + (c * scale + i) * scale, shape);
                }
            }
        }
    }

    /**
     * The enlarged picture that belongs to the last layer's features: {@link #target} the other way round.
     *
     * @param lr [3, side, side]
     * @return [3, side * scale, side * scale]
     */
    static float[] enlarged(float[] lr, float[] features, int scale, MapShape shape) {
        int side = shape.side();
        int wide = side * scale;
        float[] hr = new float[RGB * wide * wide];
        for (int i = 0; i < hr.length; i++) {
            int c = i / (wide * wide);
            int row = i / wide % wide;
            int column = i % wide;
            int y = row / scale;
            int x = column / scale;
            int channel = (c * scale + row % scale) * scale + column % scale;
            hr[i] = lr[(c * side + y) * side + x] + features[shape.at(y, x) + channel];
        }
        return hr;
    }

    /** Written out for each scale: a loop over two to four floats takes several times as long as they do. */
    private static void residualRow(
            float[] lr, int near, float[] hr, int from, int scale, float[] map, int to, MapShape shape) {
        int stride = shape.stride();
        int side = shape.side();
        switch (scale) {
            case 1 -> {
                for (int x = 0; x < side; x++) {
                    map[to + x * stride] = hr[from + x] - lr[near + x];
                }
            }
            case 2 -> {
                for (int x = 0; x < side; x++) {
                    float nearest = lr[near + x];
                    map[to + x * stride] = hr[from + 2 * x] - nearest;
                    map[to + x * stride + 1] = hr[from + 2 * x + 1] - nearest;
                }
            }
            case 3 -> {
                for (int x = 0; x < side; x++) {
                    float nearest = lr[near + x];
                    map[to + x * stride] = hr[from + 3 * x] - nearest;
                    map[to + x * stride + 1] = hr[from + 3 * x + 1] - nearest;
                    map[to + x * stride + 2] = hr[from + 3 * x + 2] - nearest;
                }
            }
            case 4 -> {
                for (int x = 0; x < side; x++) {
                    float nearest = lr[near + x];
                    map[to + x * stride] = hr[from + 4 * x] - nearest;
                    map[to + x * stride + 1] = hr[from + 4 * x + 1] - nearest;
                    map[to + x * stride + 2] = hr[from + 4 * x + 2] - nearest;
                    map[to + x * stride + 3] = hr[from + 4 * x + 3] - nearest;
                }
            }
            default -> throw new IllegalArgumentException("a scale of " + scale + "; it is 1 to 4");
        }
    }
}
