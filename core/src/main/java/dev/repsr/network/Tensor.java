package dev.repsr.network;

import java.util.Arrays;
import java.util.List;

/**
 * An immutable float32 tensor in row-major order (last index fastest).
 *
 * <p>Convolution kernels are OIHW: [output channels, input channels, rows, columns].
 */
public final class Tensor {
    private final int[] shape;
    private final float[] values;

    private Tensor(int[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * Copies {@code values} into a tensor of the given shape.
     *
     * @throws IllegalArgumentException if the number of values is not the product of the shape
     */
    public static Tensor of(float[] values, int... shape) {
        long size = 1;
        for (int side : shape) {
            if (side < 0) {
                throw new IllegalArgumentException("negative side in shape " + Arrays.toString(shape));
            }
            size = Math.multiplyExact(size, side);
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size + " values, got " + values.length);
        }
        return new Tensor(shape.clone(), values.clone());
    }

    /** A tensor of zeros. */
    public static Tensor zeros(int... shape) {
        return of(new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    /** The sides, outermost first; empty for a scalar. */
    public List<Integer> shape() {
        return Arrays.stream(shape).boxed().toList();
    }

    /** Side {@code axis} of the shape. */
    public int side(int axis) {
        return shape[axis];
    }

    /** Number of values. */
    public int size() {
        return values.length;
    }

    /** Value at a flat row-major index. */
    public float get(int index) {
        return values[index];
    }

    /** A copy of all values in row-major order. */
    public float[] toArray() {
        return values.clone();
    }

    /** The same values, widened. */
    public double[] toDoubles() {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }

    /** Whether the shape is exactly {@code sides}. */
    public boolean hasShape(int... sides) {
        return Arrays.equals(shape, sides);
    }

    /** Index of the first value that is NaN or infinite, or -1 if all are finite. */
    public int firstNonFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Equal by shape and by the raw bits of each value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
