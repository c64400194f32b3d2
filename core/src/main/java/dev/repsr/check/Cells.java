package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import java.util.Arrays;

/**
 * Cells of about 8x8 input pixels: how much the enlarged picture differs in each, and how much the input itself changes from pixel to
 * pixel there. Transparency is compared by itself, and colours count by how opaque they are.
 */
final class Cells {
    static final int SIDE = 8;

    private static final int KEPT = 3;

    private final int width;
    private final int height;
    private final int channels;
    private final int colours;
    private final int across;
    private final int down;
    private final Visitor visitor;

    /** Of each sample's column in the cells at hand: squared differences, and squared steps to the left and up. */
    private final float[] differences;

    private final float[] steps;

    /** Of the cells of the last rows of cells, colours first and then alpha: the mean of both. */
    private final double[][] difference;

    private final double[][] step;

    private int rows;

    /** Rows of cells that are complete. */
    private int complete;

    /** Is shown each cell in turn. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Looks at a cell.
         *
         * @param difference mean of the squared differences of its samples
         * @param steps mean of the squared steps in it, or in a neighbour that has larger ones
         */
        void cell(int cellX, int cellY, double difference, double steps);
    }

    Cells(PictureFormat input, Visitor visitor) {
        this.width = input.width();
        this.height = input.height();
        this.channels = input.channels();
        this.colours = input.colourChannels();
        this.across = Math.max(1, width / SIDE);
        this.down = Math.max(1, height / SIDE);
        this.visitor = visitor;
        this.differences = new float[width * channels];
        this.steps = new float[width * channels];
        int groups = input.hasAlpha() ? 2 : 1;
        this.difference = new double[KEPT][groups * across];
        this.step = new double[KEPT][groups * across];
    }

    static long bytes(PictureFormat input) {
        long cells = 2L * Math.max(1, input.width() / SIDE);
        return 2L * Float.BYTES * input.width() * input.channels() + 2L * KEPT * Double.BYTES * cells;
    }

    /** First row or column of a cell. */
    static int begin(int cell) {
        return cell * SIDE;
    }

    /** Behind its last one; the last cell takes what is left over. */
    static int end(int cell, int length) {
        return (cell + 2) * SIDE > length ? length : (cell + 1) * SIDE;
    }

    /**
     * Adds a row.
     *
     * @param above row of the input above it, or itself
     * @param here row of the input
     * @param mean of each of its blocks
     */
    void add(float[] above, float[] here, float[] mean) {
        if (channels == colours) {
            addDifferences(here, mean);
        } else {
            addByOpacity(here, mean);
        }
        addSteps(above, here);
        rows++;
        if (rows == end(complete, height)) {
            finish();
        }
    }

    private void addDifferences(float[] here, float[] mean) {
        for (int i = 0; i < differences.length; i++) {
            float off = mean[i] - here[i];
            differences[i] += off * off;
        }
    }

    private void addByOpacity(float[] here, float[] mean) {
        for (int i = 0; i < differences.length; i++) {
            float off = mean[i] - here[i];
            int c = i % channels;
            float opacity = c == colours ? 1 : here[i - c + colours];
            differences[i] += opacity * off * off;
        }
    }

    private void addSteps(float[] above, float[] here) {
        for (int i = 0; i < steps.length; i++) {
            float down = here[i] - above[i];
            steps[i] += down * down;
        }
        for (int i = channels; i < steps.length; i++) {
            float right = here[i] - here[i - channels];
            steps[i] += right * right;
        }
    }

    private void finish() {
        int slot = complete % KEPT;
        int cellRows = rows - begin(complete);
        for (int cell = 0; cell < across; cell++) {
            put(slot, cell, 0, colours, cellRows);
            if (channels > colours) {
                put(slot, across + cell, colours, channels, cellRows);
            }
        }
        Arrays.fill(differences, 0);
        Arrays.fill(steps, 0);
        complete++;
        // The steps below a row of cells are known only now.
        if (complete > 1) {
            show(complete - 2);
        }
        if (complete == down) {
            show(complete - 1);
        }
    }

    private void put(int slot, int at, int firstChannel, int endChannel, int cellRows) {
        int cell = at % across;
        double sumOfDifferences = 0;
        double sumOfSteps = 0;
        int columns = end(cell, width) - begin(cell);
        for (int x = begin(cell); x < begin(cell) + columns; x++) {
            for (int c = firstChannel; c < endChannel; c++) {
                sumOfDifferences += differences[x * channels + c];
                sumOfSteps += steps[x * channels + c];
            }
        }
        double samples = (double) cellRows * columns * (endChannel - firstChannel);
        difference[slot][at] = sumOfDifferences / samples;
        step[slot][at] = sumOfSteps / (2 * samples);
    }

    private void show(int cellY) {
        for (int at = 0; at < difference[0].length; at++) {
            int cell = at % across;
            double most = 0;
            for (int y = Math.max(0, cellY - 1); y <= Math.min(complete - 1, cellY + 1); y++) {
                for (int x = Math.max(0, cell - 1); x <= Math.min(across - 1, cell + 1); x++) {
                    most = Math.max(most, step[y % KEPT][at - cell + x]);
                }
            }
            visitor.cell(cell, cellY, difference[cellY % KEPT][at], most);
        }
    }
}
