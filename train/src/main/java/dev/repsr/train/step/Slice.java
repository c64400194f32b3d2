package dev.repsr.train.step;

import dev.repsr.network.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Where a tensor lies in the array of all.
 *
 * @param at its first value
 * @param size number of its values
 */
record Slice(String name, int[] shape, int at, int size) {

    /** Those of all tensors, one behind the other. */
    static List<Slice> of(SequencedMap<String, int[]> shapes) {
        List<Slice> slices = new ArrayList<>();
        int at = 0;
        for (var entry : shapes.entrySet()) {
            int size = Tensor.zeros(entry.getValue()).size();
            slices.add(new Slice(entry.getKey(), entry.getValue(), at, size));
            at += size;
        }
        return slices;
    }

    Tensor copyOf(float[] all) {
        float[] values = new float[size];
        System.arraycopy(all, at, values, 0, size);
        return Tensor.of(values, shape);
    }

    void put(Tensor tensor, float[] all) {
        System.arraycopy(tensor.toArray(), 0, all, at, size);
    }
}
