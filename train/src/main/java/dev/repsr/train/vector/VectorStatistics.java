package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchLayout;
import dev.repsr.train.step.MapShape;
import dev.repsr.train.step.StatisticsKernels;

/**
 * Sums of products of a map with itself, shifted by up to two pixels: the gradient of a 5x5 kernel, if a map were convolved with it
 * and the map itself were the gradient of the output. So it is computed as such, by Winograd's algorithm; and the way back is a 5x5
 * convolution. What borders take away is computed directly along the four lines and corners.
 */
final class VectorStatistics implements StatisticsKernels {
    private static final int POINTS = 64;
    private static final int TAPS = 25;
    private static final int SHIFTS = 13;
    private static final int EDGES = 4;
    private static final int SHIFTS_OF_A_LINE = 3;
    private static final int TAPS_OF_A_LINE = 5;
    private static final int PARTS = 9;
    private static final int ZONES = 3;
    private static final int APART = 16;
    private static final int SLACK = 16;
    private static final int U = 0;
    private static final int V = 1;
    private static final int LINES = 2;

    private final MapShape z;
    private final MapShape x;
    private final WideTransforms transforms;
    private final PixelRow pixels;
    private final Product outer;
    private final Product map;
    private final Product along;
    private final Product down;
    private final Product mapAlong;
    private final Product mapDown;
    private final int tiles;
    private final int plane;

    VectorStatistics(Width width, MapShape z) {
        if (z.side() < 2) {
            throw new IllegalArgumentException("batch statistics of a patch of one pixel");
        }
        this.z = z;
        x = z.withBorder(2);
        int lanes = width.lanes();
        int c = z.stride();
        transforms = Templates.make(WideTransforms.class, WideTransformsTemplate.class, lanes, c);
        pixels = Templates.make(PixelRow.class, PixelRowTemplate.class, lanes, c);
        tiles = z.tiles() * z.tiles();
        outer = product(lanes, 1, c, c, c, c, 1, POINTS, tiles);
        map = product(lanes, c, 1, c, c, c, 0, POINTS, z.channels());
        along = product(lanes, 1, c, c, c, c, 1, 0, 0);
        down = product(lanes, 1, x.row(), x.row(), c, c, 1, 0, 0);
        mapAlong = product(lanes, c, 1, c, c, c, 1, 0, 0);
        mapDown = product(lanes, x.row(), 1, c, z.row(), c, 1, 0, 0);
        plane = VectorConv.plane(tiles, c);
    }

    private static Product product(Integer... constants) {
        return Templates.make(Product.class, ProductTemplate.class, constants);
    }

    static int line(int tilesAlong, int stride) {
        return (4 * tilesAlong + 4) * stride + APART;
    }

    @Override
    public MapShape activated() {
        return x;
    }

    @Override
    public PatchLayout layout() {
        return new PatchLayout(z.channels(), z.stride(), ORIGIN);
    }

    private int square() {
        return z.stride() * z.stride();
    }

    private int linesAt() {
        return ORIGIN + POINTS * square();
    }

    private int cornersAt() {
        return linesAt() + EDGES * SHIFTS_OF_A_LINE * square();
    }

    private int partsAt() {
        return cornersAt() + EDGES * square();
    }

    @Override
    public int sumsSize() {
        return partsAt() + PARTS * z.stride() + SLACK;
    }

    @Override
    public int[] scratchSizes() {
        int[] sizes = new int[LINES + 1];
        sizes[U] = ORIGIN + POINTS * plane + SLACK;
        sizes[V] = sizes[U];
        sizes[LINES] = ORIGIN + 8 * line(z.tiles(), z.stride()) + SLACK;
        return sizes;
    }

    @Override
    public void add(float[] from, float[] slope, float[] to, float[][] scratch, float[] sums) {
        for (int y = 0; y < z.side(); y++) {
            pixels.activate(from, z.at(y, 0), slope, z.side(), to, x.at(y, 0));
        }
        transforms.input(to, x.row(), z.tiles(), scratch[LINES], scratch[U], plane);
        transforms.gradient(to, x.row(), z.tiles(), scratch[LINES], scratch[V], plane);
        int c = z.stride();
        outer.run(scratch[U], ORIGIN, plane, scratch[V], ORIGIN, plane, sums, square(), c);
        addLines(to, sums);
        addParts(to, sums);
    }

    /** First pixel of the top, bottom, left and right line. */
    private int lineAt(int edge) {
        int last = z.side() - 1;
        return switch (edge) {
            case 1 -> x.at(last, 0);
            case 3 -> x.at(0, last);
            default -> x.at(0, 0);
        };
    }

    private int cornerAt(MapShape shape, int corner) {
        int last = z.side() - 1;
        return shape.at(corner / 2 * last, corner % 2 * last);
    }

    private void addLines(float[] map, float[] sums) {
        int c = z.stride();
        int to = linesAt();
        for (int edge = 0; edge < EDGES; edge++) {
            boolean horizontal = edge < 2;
            int step = horizontal ? c : x.row();
            int at = lineAt(edge);
            for (int shift = 0; shift < SHIFTS_OF_A_LINE; shift++, to += square()) {
                (horizontal ? along : down).run(map, at, map, at + shift * step, sums, to, c, z.side());
            }
        }
        for (int corner = 0; corner < EDGES; corner++, to += square()) {
            int at = cornerAt(x, corner);
            along.run(map, at, map, at, sums, to, c, 1);
        }
    }

    /** Sums of all pixels, of the lines and of the corners. */
    private void addParts(float[] map, float[] sums) {
        int c = z.stride();
        int to = partsAt();
        for (int y = 0; y < z.side(); y++) {
            pixels.sum(map, x.at(y, 0), c, z.side(), sums, to);
        }
        for (int edge = 0; edge < EDGES; edge++) {
            pixels.sum(map, lineAt(edge), edge < 2 ? c : x.row(), z.side(), sums, to + (1 + edge) * c);
        }
        for (int corner = 0; corner < EDGES; corner++) {
            pixels.sum(map, cornerAt(x, corner), c, 1, sums, to + (1 + EDGES + corner) * c);
        }
    }

    @Override
    public void finish(float[] sums, float[] patchSums) {
        float[] all = new float[ORIGIN + TAPS * square() + SLACK];
        transforms.sums(sums, square(), all);
        for (int shift = 0; shift < SHIFTS; shift++) {
            // The sums are of x[q + tap] x[q]^T, and wanted are those of x[q] x[q + shift]^T.
            int from = ORIGIN + (TAPS / 2 - shift) * square();
            System.arraycopy(all, from, patchSums, ORIGIN + shift * square(), square());
        }
        int rest = partsAt() + PARTS * z.stride() - linesAt();
        System.arraycopy(sums, linesAt(), patchSums, ORIGIN + SHIFTS * square(), rest);
    }

    /** Where in the prepared array the maps along lines, at corners and the constants begin. */
    private int preparedLines() {
        return ORIGIN + POINTS * square();
    }

    private int preparedCorners() {
        return preparedLines() + EDGES * TAPS_OF_A_LINE * square();
    }

    private int preparedZones() {
        return preparedCorners() + EDGES * square();
    }

    @Override
    public int preparedSize() {
        return preparedZones() + ZONES * z.side() * z.stride() + SLACK;
    }

    @Override
    public void prepare(InputGradient back, float[] prepared) {
        transforms.map(back.map(), square(), prepared);
        int lines = EDGES * TAPS_OF_A_LINE * square();
        for (int i = 0; i < lines; i++) {
            prepared[preparedLines() + i] = -back.lines()[ORIGIN + i];
        }
        System.arraycopy(back.corners(), ORIGIN, prepared, preparedCorners(), EDGES * square());
        for (int row = 0; row < ZONES; row++) {
            for (int pixel = 0; pixel < z.side(); pixel++) {
                int column = pixel == 0 ? 0 : pixel == z.side() - 1 ? 2 : 1;
                int from = ORIGIN + (row * ZONES + column) * z.stride();
                int to = preparedZones() + (row * z.side() + pixel) * z.stride();
                System.arraycopy(back.zones(), from, prepared, to, z.stride());
            }
        }
    }

    @Override
    public void gradient(InputGradient back, float[] prepared, float[] from, float[][] scratch, float[] gradient) {
        int c = z.stride();
        transforms.input(from, x.row(), z.tiles(), scratch[LINES], scratch[U], plane);
        int rows = (plane - APART) / c;
        map.run(scratch[U], ORIGIN, plane, prepared, ORIGIN, square(), scratch[V], plane, rows);
        transforms.output(scratch[V], plane, z.tiles(), scratch[LINES], gradient, z.row());
        int count = MapShape.TILE * z.tiles();
        for (int edge = 0; edge < EDGES; edge++) {
            boolean horizontal = edge < 2;
            int step = horizontal ? c : x.row();
            int last = z.side() - 1;
            int to = edge == 1 ? z.at(last, 0) : edge == 3 ? z.at(0, last) : z.at(0, 0);
            for (int tap = 0; tap < TAPS_OF_A_LINE; tap++) {
                int at = lineAt(edge) + (tap - 2) * step;
                int by = preparedLines() + (edge * TAPS_OF_A_LINE + tap) * square();
                (horizontal ? mapAlong : mapDown).run(from, at, prepared, by, gradient, to, count, z.channels());
            }
        }
        addCorners(prepared, from, gradient);
        addZones(prepared, gradient);
        z.clearBeyond(gradient);
    }

    private void addCorners(float[] prepared, float[] from, float[] gradient) {
        int c = z.stride();
        for (int corner = 0; corner < EDGES; corner++) {
            int at = cornerAt(x, corner);
            int to = cornerAt(z, corner);
            for (int i = 0; i < z.channels(); i++) {
                float value = from[at + i];
                int by = preparedCorners() + (corner * c + i) * c;
                for (int j = 0; j < c; j++) {
                    gradient[to + j] += value * prepared[by + j];
                }
            }
        }
    }

    private void addZones(float[] prepared, float[] gradient) {
        int length = z.side() * z.stride();
        for (int y = 0; y < z.side(); y++) {
            int zone = y == 0 ? 0 : y == z.side() - 1 ? 2 : 1;
            int from = preparedZones() + zone * length;
            int to = z.at(y, 0);
            for (int i = 0; i < length; i++) {
                gradient[to + i] += prepared[from + i];
            }
        }
    }
}
