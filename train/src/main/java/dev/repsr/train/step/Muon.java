package dev.repsr.train.step;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Update;
import dev.repsr.train.engine.Update.Algorithm;
import dev.repsr.train.fold.Matrices;
import java.util.List;
import java.util.Map;

/** Moves kernels along their orthogonalised momentum, {@link Algorithm#MUON}. */
final class Muon {
    private final Update update;
    private final List<Slice> moved;
    private final Matrices matrices;
    private final float[] momentum;

    /**
     * @param moved the kernels that it moves
     * @param size of the array that they lie in
     */
    Muon(Update update, List<Slice> moved, int size, Matrices matrices) {
        this.update = update;
        this.moved = moved;
        this.matrices = matrices;
        momentum = new float[size];
    }

    void move(float[] parameters, float[] gradient, double rate) {
        for (Slice slice : moved) {
            int rows = slice.shape()[0];
            int columns = slice.size() / rows;
            float[] ahead = followed(gradient, slice);
            float[] direction = rows > columns
                    ? transposed(orthogonal(transposed(ahead, rows, columns), columns, rows), columns, rows)
                    : orthogonal(ahead, rows, columns);
            float length = (float) (rate * Algorithm.SIZE * Math.sqrt(Math.max(rows, columns)));
            for (int i = 0; i < direction.length; i++) {
                parameters[slice.at() + i] -= length * direction[i];
            }
        }
    }

    /** Takes the gradient into the momentum, and looks ahead as Nesterov does. */
    private float[] followed(float[] gradient, Slice slice) {
        float keep = (float) update.beta1();
        float take = (float) (1 - update.beta1());
        float[] ahead = new float[slice.size()];
        for (int i = 0; i < ahead.length; i++) {
            float g = gradient[slice.at() + i];
            float mean = keep * momentum[slice.at() + i] + take * g;
            momentum[slice.at() + i] = mean;
            ahead[i] = keep * mean + take * g;
        }
        return ahead;
    }

    /** @param x [rows, columns], no more rows than columns; overwritten */
    private float[] orthogonal(float[] x, int rows, int columns) {
        normalise(x);
        float[] squares = new float[rows * rows];
        float[] factors = new float[rows * rows];
        float[] cubes = new float[x.length];
        for (int round = 0; round < Algorithm.ROUNDS; round++) {
            multiply(x, transposed(x, rows, columns), squares, rows, rows, columns);
            multiply(squares, squares, factors, rows, rows, rows);
            combine(factors, (float) Algorithm.QUINTIC, squares, (float) Algorithm.CUBIC);
            multiply(factors, x, cubes, rows, columns, rows);
            combine(x, (float) Algorithm.LINEAR, cubes, 1);
        }
        return x;
    }

    private static void normalise(float[] x) {
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        float factor = (float) (1 / (Math.sqrt(squares) + Algorithm.TINY));
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    /** c = a b, whose rows lie one behind the other. */
    private void multiply(float[] a, float[] b, float[] c, int rows, int columns, int depth) {
        matrices.multiply(a, 0, depth, 1, b, 0, columns, c, 0, columns, rows, columns, depth, false);
    }

    /** a = aFactor a + bFactor b. */
    private static void combine(float[] a, float aFactor, float[] b, float bFactor) {
        for (int i = 0; i < a.length; i++) {
            a[i] = aFactor * a[i] + bFactor * b[i];
        }
    }

    private static float[] transposed(float[] x, int rows, int columns) {
        float[] transposed = new float[x.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = x[r * columns + c];
            }
        }
        return transposed;
    }

    void save(Map<String, Tensor> state) {
        moved.forEach(slice -> state.put(Update.MOMENTUM + slice.name(), slice.copyOf(momentum)));
    }

    void load(Weights state) {
        moved.forEach(slice -> slice.put(state.get(Update.MOMENTUM + slice.name(), slice.shape()), momentum));
    }

    void synchronise(Collective processes) throws RankLost {
        processes.fromFirst(momentum);
    }
}
