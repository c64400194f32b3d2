package dev.repsr.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Named tensors in a fixed order; immutable. */
public record Weights(Map<String, Tensor> tensors) {

    /** Keeps the order of {@code tensors}. */
    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * The tensor called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + name + " is missing");
        }
        return tensor;
    }

    /**
     * The tensor called {@code name}, which must have exactly this shape and only finite values.
     *
     * @throws IllegalArgumentException that names the tensor, what was expected and what was found
     */
    public Tensor get(String name, int... shape) {
        Tensor tensor = get(name);
        if (!tensor.hasShape(shape)) {
            throw new IllegalArgumentException("tensor " + name + " has shape " + tensor.shape() + ", expected "
                    + java.util.Arrays.toString(shape));
        }
        int bad = tensor.firstNonFinite();
        if (bad >= 0) {
            throw new IllegalArgumentException("tensor " + name + " holds " + tensor.get(bad) + " at index " + bad);
        }
        return tensor;
    }

    /** Whether a tensor of that name is there. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The names, in order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Number of values in all tensors. */
    public long size() {
        return tensors.values().stream().mapToLong(Tensor::size).sum();
    }
}
