package dev.repsr.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was done to a picture before it came here, as far as a look at some thousand of its pixels shows. The same pixels give the
 * same numbers.
 *
 * @param jpegQuality 1 to 100 as libjpeg counts, by the file's own tables; 0 if it is no JPEG
 * @param blocks by how much more neighbours differ across the borders of blocks of eight columns than elsewhere; 1 where there are
 *     no blocks
 * @param noise standard deviation in levels of 8 bits, in the quietest tenth of the picture
 */
public record Condition(int jpegQuality, double blocks, double noise) {
    /** Of a picture that nothing was done to. */
    public static final Condition SOUND = new Condition(0, 1, 0);

    /** Of a picture that has everything. */
    public static final Condition POOR = new Condition(1, 10, 100);

    /** What is said of a picture that is not poor. */
    public static final String NOTHING_FOUND = "a sound picture";

    /** At which compression shows in an enlarged picture; cameras and careful programs stay above. */
    private static final int POOR_QUALITY = 80;

    /** Above what any clean picture of the benchmark sets has. */
    private static final double MANY_BLOCKS = 1.8;

    /** In a picture that looks grainy; fur and grass may pass for as much as 7. */
    private static final double MUCH_NOISE = 7.5;

    private static final int SIDE = 16;
    private static final int BANDS = 8;
    private static final int MOST_COLUMNS = 512;
    private static final int BLOCK = 8;
    private static final double LEVELS = 255;

    /** A larger step is an edge of the picture's own. */
    private static final double LARGEST_STEP = 6;

    /** Of two neighbours, on the average; where they differ by less, nothing shows. */
    private static final double LEAST_STEP = 0.05;

    /** Cells as dark or as bright have lost their noise. */
    private static final double EXTREME = 10;

    /** Of a cell's second differences, to the standard deviation of white noise: 0.6745 for the median, 6 for the mask. */
    private static final double MEDIAN_TO_SIGMA = 1 / (0.6745 * 6);

    /** Of noise on the slopes of a real picture, at the least. */
    private static final double WHITE = 3.2;

    private static final double QUIETEST = 0.1;

    /** Whether a network for photographs as they are found serves it better than one for sound pictures. */
    public boolean isPoor() {
        return (jpegQuality > 0 && jpegQuality <= POOR_QUALITY) || blocks >= MANY_BLOCKS || noise >= MUCH_NOISE;
    }

    /** What was found, for people. */
    public String words() {
        List<String> found = new ArrayList<>();
        if (jpegQuality > 0 && jpegQuality <= POOR_QUALITY) {
            found.add("JPEG of quality " + jpegQuality);
        } else if (blocks >= MANY_BLOCKS) {
            found.add("traces of JPEG's blocks");
        }
        if (noise >= MUCH_NOISE) {
            found.add(String.format(Locale.ROOT, "noise of %.0f levels", noise));
        }
        return found.isEmpty() ? NOTHING_FOUND : String.join(", ", found);
    }

    /** A picture whose rows can be had once more, one at a time from the first on. */
    @FunctionalInterface
    interface Luma {
        /** Reads row {@code y}, in levels; rows are asked for in order, and some are left out. */
        void row(int y, float[] levels) throws IOException;
    }

    /**
     * Looks at bands of rows.
     *
     * @param rows from which the bands are spread; those beyond are not read
     */
    static Condition of(int jpegQuality, int width, int rows, Luma luma) throws IOException {
        int columns = Math.min(width, MOST_COLUMNS) / SIDE * SIDE;
        int bands = Math.min(BANDS, (rows - 2) / SIDE);
        if (columns < 2 * SIDE || bands < 1) {
            return new Condition(jpegQuality, 1, 0);
        }
        // A multiple of the blocks' side, so that their borders are where they were.
        int left = (width - columns) / 2 / BLOCK * BLOCK;
        int apart = (rows - 2) / bands;
        float[] whole = new float[width];
        float[][] band = new float[SIDE + 2][columns];
        double[] steps = new double[BLOCK];
        List<Cell> cells = new ArrayList<>();
        for (int b = 0; b < bands; b++) {
            for (int y = 0; y < band.length; y++) {
                luma.row(b * apart + y, whole);
                System.arraycopy(whole, left, band[y], 0, columns);
            }
            addSteps(band, steps);
            addCells(band, cells);
        }
        return new Condition(jpegQuality, blocks(steps, bands * band.length * columns / BLOCK), noise(cells));
    }

    /** Sums the differences of neighbours by the column's place in a block. */
    private static void addSteps(float[][] band, double[] steps) {
        for (float[] row : band) {
            for (int x = 1; x < row.length; x++) {
                float step = Math.abs(row[x] - row[x - 1]);
                steps[x % BLOCK] += step > LARGEST_STEP ? 0 : step;
            }
        }
    }

    /** A cut picture's blocks begin anywhere: the place that stands out most counts, against the middle one of the others. */
    private static double blocks(double[] steps, int samples) {
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double least = LEAST_STEP * samples;
        return (sorted[BLOCK - 1] + least) / (sorted[BLOCK / 2 - 1] + least);
    }

    /** Immerkaer's mask takes away what is linear; of a cell's values the median ignores its edges. */
    private static void addCells(float[][] band, List<Cell> cells) {
        double[] values = new double[SIDE * SIDE];
        double[] differences = new double[SIDE * SIDE];
        for (int left = 1; left + SIDE < band[0].length; left += SIDE) {
            double sum = 0;
            int n = 0;
            for (int y = 1; y <= SIDE; y++) {
                float[] above = band[y - 1];
                float[] here = band[y];
                float[] below = band[y + 1];
                for (int x = left; x < left + SIDE; x++) {
                    sum += here[x];
                    double across = above[x] - 2 * here[x] + below[x];
                    double before = above[x - 1] - 2 * here[x - 1] + below[x - 1];
                    double after = above[x + 1] - 2 * here[x + 1] + below[x + 1];
                    differences[n] = Math.abs(here[x] - here[x - 1]);
                    values[n++] = Math.abs(before - 2 * across + after);
                }
            }
            double mean = sum / n;
            if (mean > EXTREME && mean < LEVELS - EXTREME) {
                Arrays.sort(values);
                Arrays.sort(differences);
                cells.add(
                        new Cell(values[n / 2] * MEDIAN_TO_SIGMA, values[n / 2] / Math.max(1e-3, differences[n / 2])));
            }
        }
    }

    /** Fine texture is as strong as noise, but its neighbours are alike, so that first differences are smaller beside second ones. */
    private static double noise(List<Cell> cells) {
        if (cells.isEmpty()) {
            return 0;
        }
        cells.sort(Comparator.comparingDouble(Cell::sigma));
        int quiet = (int) (QUIETEST * cells.size());
        double white = cells.subList(0, Math.min(cells.size(), 2 * quiet + 1)).stream()
                .mapToDouble(Cell::whiteness)
                .sorted()
                .skip(quiet)
                .findFirst()
                .orElseThrow();
        return white < WHITE ? 0 : cells.get(quiet).sigma();
    }

    /**
     * A square of the picture.
     *
     * @param sigma standard deviation of its noise, if what it has is noise
     * @param whiteness of second differences to first ones; of white noise 4.2
     */
    private record Cell(double sigma, double whiteness) {}
}
