package dev.repsr.train.step;

import dev.repsr.network.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Orthogonalised momentum of one kernel in double arithmetic, by the formula alone: nothing is turned over or put together. */
public final class MuonInDoubles {
    private final double beta;
    private final double[] momentum;
    private final int rows;

    /** @param shape of the kernel */
    public MuonInDoubles(double beta, int... shape) {
        this.beta = beta;
        rows = shape[0];
        momentum = new double[Tensor.zeros(shape).size()];
    }

    /** What a step adds to the weights. */
    public double[] change(double[] gradient, double rate) {
        double[] ahead = new double[gradient.length];
        double norm = 0;
        for (int i = 0; i < gradient.length; i++) {
            momentum[i] = beta * momentum[i] + (1 - beta) * gradient[i];
            ahead[i] = beta * momentum[i] + (1 - beta) * gradient[i];
            norm += ahead[i] * ahead[i];
        }
        int columns = gradient.length / rows;
        double[][] x = new double[rows][columns];
        for (int i = 0; i < gradient.length; i++) {
            x[i / columns][i % columns] = ahead[i] / Math.sqrt(norm);
        }
        for (int k = 0; k < 5; k++) {
            double[][] cubed = times(x, x);
            double[][] fifth = times(x, cubed);
            for (int i = 0; i < gradient.length; i++) {
                int r = i / columns;
                int c = i % columns;
                x[r][c] = 3.4445 * x[r][c] - 4.7750 * cubed[r][c] + 2.0315 * fifth[r][c];
            }
        }
        double[] change = new double[gradient.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = -rate * 0.2 * Math.sqrt(Math.max(rows, columns)) * x[i / columns][i % columns];
        }
        return change;
    }

    /** x x' y. */
    private static double[][] times(double[][] x, double[][] y) {
        double[][] product = new double[x.length][x[0].length];
        for (int r = 0; r < x.length; r++) {
            for (int m = 0; m < x.length; m++) {
                double dot = 0;
                for (int c = 0; c < x[0].length; c++) {
                    dot += x[r][c] * x[m][c];
                }
                for (int c = 0; c < x[0].length; c++) {
                    product[r][c] += dot * y[m][c];
                }
            }
        }
        return product;
    }

    /** Kernels that are wide, tall and alike, with other parameters between them. */
    public static SequencedMap<String, int[]> shapes() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("wide", new int[] {4, 2, 3, 3});
        shapes.put("bias", new int[] {4});
        shapes.put("tall", new int[] {6, 3, 1, 1});
        shapes.put("slope", new int[] {5});
        shapes.put("alike", new int[] {4, 2, 3, 3});
        return shapes;
    }

    /** Number of values in all of them. */
    public static final int SIZE = 72 + 4 + 18 + 5 + 72;

    /** Values in -1..1. */
    public static float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
