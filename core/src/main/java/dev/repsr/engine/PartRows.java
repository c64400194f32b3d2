package dev.repsr.engine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one part of a {@link ThreadGrid} keeps of the picture and of every stage's map: those that a later step or stage still
 * reads. They begin with {@link ThreadGrid#origin}, so that a part's columns here are counted from there.
 */
final class PartRows {
    private final RowNetwork network;
    private final RowSteps steps;
    private final ThreadGrid grid;
    private final int part;
    private final @Nullable PartRows left;
    private final int origin;
    private final int width;

    /** rings[0] holds the picture, rings[l + 1] what stage l computes; row y lies in slot y modulo the ring's length. */
    private final float[][][] rings;

    /** For each stage but the last the columns at its right edge, which the part on the right reads. */
    private final float[][][] edges;

    /**
     * Room for the rows of a part.
     *
     * @param left the part on the left, if there is one
     */
    PartRows(RowNetwork network, RowSteps steps, ThreadGrid grid, int part, @Nullable PartRows left) {
        this.network = network;
        this.steps = steps;
        this.grid = grid;
        this.part = part;
        this.left = left;
        this.origin = grid.origin(part);
        this.width = grid.columns(part);
        int stages = grid.stages();
        this.rings = new float[stages + 1][][];
        for (int map = 0; map <= stages; map++) {
            rings[map] = rows(ringRows(map, steps, grid), mapFloats(map, network, width));
        }
        this.edges = new float[part == grid.parts() - 1 ? 0 : stages - 1][][];
        for (int l = 0; l < edges.length; l++) {
            edges[l] = rows(edgeRows(grid), network.stages().get(l).outFloats(ThreadGrid.EDGE));
        }
    }

    /** Bytes of all parts. */
    static long bytes(RowNetwork network, RowSteps steps, ThreadGrid grid) {
        long floats = 0;
        for (int map = 0; map <= grid.stages(); map++) {
            for (int part = 0; part < grid.parts(); part++) {
                floats += ringRows(map, steps, grid) * mapFloats(map, network, grid.columns(part));
            }
        }
        for (RowStage stage : network.stages().subList(0, grid.stages() - 1)) {
            floats += (grid.parts() - 1L) * edgeRows(grid) * stage.outFloats(ThreadGrid.EDGE);
        }
        return Float.BYTES * floats;
    }

    /** Rows that another group of stages reads must stay until it has done so. */
    private static int ringRows(int map, RowSteps steps, ThreadGrid grid) {
        if (map == 0) {
            return steps.pictureRing(grid.groups() == 1 ? 1 : grid.stepsKept());
        }
        int last = grid.stages() - 1;
        boolean within = map > last || grid.group(map - 1) == grid.group(map);
        return steps.ring(map - 1, within ? 1 : grid.stepsKept());
    }

    private static int edgeRows(ThreadGrid grid) {
        return RowStage.ROWS * grid.stepsKept();
    }

    private static long mapFloats(int map, RowNetwork network, int width) {
        return map == 0
                ? network.pictureFloats(width)
                : network.stages().get(map - 1).outFloats(width);
    }

    private static float[][] rows(int rows, long floats) {
        return new float[rows][Math.toIntExact(floats)];
    }

    /** A row of the picture, map 0, or of what stage {@code map - 1} computes. */
    private float[] row(int map, int y) {
        return rings[map][y % rings[map].length];
    }

    void takeIn(int step, Band band) {
        int before = steps.inputBefore(step);
        for (int y = before; y < steps.inputBefore(step + 1); y++) {
            network.load(band.input(y - before), origin, width, row(0, y));
        }
    }

    void compute(int step, int stage, Workspace own) {
        int top = steps.firstRow(step, stage);
        int height = steps.height();
        if (top + RowStage.ROWS <= 0 || top >= height) {
            return;
        }
        for (int i = 0; i < own.in.length; i++) {
            int y = top - 1 + i;
            own.in[i] = y >= 0 && y < height ? row(stage, y) : own.zeros;
        }
        for (int i = 0; i < own.out.length; i++) {
            int y = top + i;
            own.out[i] = y >= 0 && y < height ? row(stage + 1, y) : own.waste;
        }
        RowStage convolution = network.stages().get(stage);
        int first = grid.first(part, stage) - origin;
        int end = grid.end(part, stage) - origin;
        convolution.compute(own.in, own.out, first, end, width, own.scratch);
        for (int y = Math.max(top, 0); y < Math.min(top + RowStage.ROWS, height) && stage < grid.stages() - 1; y++) {
            float[] row = row(stage + 1, y);
            if (left != null) {
                float[] edge = left.edge(stage, y);
                convolution.copy(edge, 0, ThreadGrid.EDGE, row, first - ThreadGrid.EDGE, width, ThreadGrid.EDGE);
            }
            if (edges.length > 0) {
                convolution.copy(
                        row, end - ThreadGrid.EDGE, width, edge(stage, y), 0, ThreadGrid.EDGE, ThreadGrid.EDGE);
            }
        }
    }

    private float[] edge(int stage, int y) {
        return edges[stage][y % edges[stage].length];
    }

    void emit(int step, Band band, Workspace own) {
        int scale = network.network().scale();
        int last = grid.stages() - 1;
        int first = grid.first(part, last);
        int end = grid.end(part, last);
        int before = steps.emittedBefore(step);
        for (int y = before; y < steps.emittedBefore(step + 1); y++) {
            float[][] enlarged = band.rows((y - before) * scale, scale);
            network.emit(
                    row(last + 1, y), row(0, y), first - origin, end - origin, width, enlarged, first, own.scratch[0]);
        }
    }

    /** What a cell of the grid needs beside the rows. */
    static final class Workspace {
        private final float[][] in = new float[RowStage.ROWS + 2][];
        private final float[][] out = new float[RowStage.ROWS][];
        private final float[] zeros;
        private final float[] waste;
        private final float[][] scratch;

        /**
         * Room for what any stage needs.
         *
         * @param width of the part's rows
         */
        Workspace(RowNetwork network, int width) {
            this.zeros = rows(1, longestRow(network, width))[0];
            this.waste = zeros.clone();
            this.scratch = Arrays.stream(scratchFloats(network, width))
                    .mapToObj(floats -> rows(1, floats)[0])
                    .toArray(float[][]::new);
        }

        static long bytes(RowNetwork network, int width) {
            long scratch = Arrays.stream(scratchFloats(network, width)).sum();
            return Float.BYTES * (scratch + 2 * longestRow(network, width));
        }

        private static long longestRow(RowNetwork network, int width) {
            return IntStream.rangeClosed(0, network.stages().size())
                    .mapToLong(map -> mapFloats(map, network, width))
                    .max()
                    .orElseThrow();
        }

        /** The longest of each that any stage needs; emitting takes the first. */
        private static long[] scratchFloats(RowNetwork network, int width) {
            long[] most = {network.enlargedFloats(width)};
            for (RowStage stage : network.stages()) {
                long[] floats = stage.scratchFloats(width);
                most = Arrays.copyOf(most, Math.max(most.length, floats.length));
                for (int i = 0; i < floats.length; i++) {
                    most[i] = Math.max(most[i], floats[i]);
                }
            }
            return most;
        }
    }
}
