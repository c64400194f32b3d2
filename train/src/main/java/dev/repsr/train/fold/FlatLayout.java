package dev.repsr.train.fold;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Where named tensors lie in one array of floats: one behind the other, in the order of their shapes. */
public final class FlatLayout {
    private final SequencedMap<String, int[]> shapes;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final int size;

    /**
     * Lays tensors out.
     *
     * @param shapes of each tensor by its name
     */
    public FlatLayout(SequencedMap<String, int[]> shapes) {
        this.shapes = new LinkedHashMap<>(shapes);
        int end = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            offsets.put(entry.getKey(), end);
            end = Math.addExact(end, size(entry.getValue()));
        }
        size = end;
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int side : shape) {
            size = Math.multiplyExact(size, side);
        }
        return size;
    }

    /** Floats of all tensors together. */
    public int size() {
        return size;
    }

    /** Index of the first float of a tensor. */
    public int at(String name) {
        Integer offset = offsets.get(name);
        if (offset == null) {
            throw new IllegalArgumentException("no tensor is called " + name);
        }
        return offset;
    }

    /** Copies the tensors of these names and shapes out of {@code weights}, looked up under {@code prefix + name}. */
    public float[] read(Weights weights, String prefix) {
        float[] flat = new float[size];
        shapes.forEach((name, shape) -> {
            float[] values = weights.get(prefix + name, shape).toArray();
            System.arraycopy(values, 0, flat, at(name), values.length);
        });
        return flat;
    }

    /** Adds copies of all tensors to {@code target} under {@code prefix + name}. */
    public void write(float[] flat, String prefix, Map<String, Tensor> target) {
        shapes.forEach((name, shape) -> {
            int from = at(name);
            float[] values = Arrays.copyOfRange(flat, from, from + size(shape));
            target.put(prefix + name, Tensor.of(values, shape));
        });
    }
}
