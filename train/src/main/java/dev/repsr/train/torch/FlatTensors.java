package dev.repsr.train.torch;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.RankLost;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Named float tensors that are views of one contiguous native vector, so that an optimiser or an average handles all of them
 * with a few calls.
 */
final class FlatTensors implements AutoCloseable {
    private final SequencedMap<String, int[]> shapes;
    private final Map<String, Tensor> views = new LinkedHashMap<>();
    private final Tensor flat;

    /** Zeros of the given shapes, in the processor's memory. */
    FlatTensors(SequencedMap<String, int[]> shapes) {
        this(shapes, Device.CPU);
    }

    /** Zeros of the given shapes. */
    @SuppressWarnings("try")
    FlatTensors(SequencedMap<String, int[]> shapes, Device device) {
        this.shapes = new LinkedHashMap<>(shapes);
        long size = 0;
        for (int[] shape : shapes.values()) {
            size += size(shape);
        }
        try (PointerScope scope = new PointerScope()) {
            flat = TorchDevice.zeros(device, size).retainReference();
            long offset = 0;
            for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
                int[] shape = entry.getValue();
                Tensor view =
                        flat.narrow(0, offset, size(shape)).view(toLongs(shape)).detach();
                views.put(entry.getKey(), view.retainReference());
                offset += size(shape);
            }
        }
    }

    /** The vector that all views share. */
    Tensor flat() {
        return flat;
    }

    /** The view called {@code name}. */
    Tensor get(String name) {
        Tensor view = views.get(name);
        if (view == null) {
            throw new IllegalArgumentException("no tensor is called " + name);
        }
        return view;
    }

    /** Where the values of these tensors lie in the vector, tensor by tensor: what to select them by. */
    @SuppressWarnings("try")
    Tensor places(Collection<String> names) {
        Map<String, long[]> all = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            long end = offset + size(entry.getValue());
            all.put(entry.getKey(), LongStream.range(offset, end).toArray());
            offset = end;
        }
        long[] places =
                names.stream().map(all::get).flatMapToLong(LongStream::of).toArray();
        try (PointerScope scope = new PointerScope()) {
            return torch.tensor(places).to(flat.device(), torch.ScalarType.Long).retainReference();
        }
    }

    /** Makes each view a leaf of the graph whose gradient is the view of the same name in {@code gradients}. */
    void collectGradientsIn(FlatTensors gradients) {
        views.forEach((name, view) -> {
            view.requires_grad_(true);
            view.mutable_grad().put(gradients.get(name));
        });
    }

    /** Copies the tensors of these names from {@code weights}, looked up under {@code prefix + name}. */
    void load(Weights weights, String prefix) {
        float[] all = new float[size()];
        int offset = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            float[] values =
                    weights.get(prefix + entry.getKey(), entry.getValue()).toArray();
            System.arraycopy(values, 0, all, offset, values.length);
            offset += values.length;
        }
        put(all);
    }

    /** Replaces all values by their means over the processes. */
    void mean(Collective processes) throws RankLost {
        if (processes.ranks().size() > 1) {
            float[] all = values();
            processes.mean(all);
            put(all);
        }
    }

    /** Replaces all values by those of the first process. */
    void fromFirst(Collective processes) throws RankLost {
        if (processes.ranks().size() > 1) {
            float[] all = values();
            processes.fromFirst(all);
            put(all);
        }
    }

    @SuppressWarnings("try")
    private void put(float[] all) {
        try (PointerScope scope = new PointerScope()) {
            flat.copy_(torch.tensor(all));
        }
    }

    @SuppressWarnings("try")
    private float[] values() {
        float[] all = new float[size()];
        // An empty vector (no statistics in a plain network) has no address.
        if (all.length > 0) {
            try (PointerScope scope = new PointerScope()) {
                flat.cpu().data_ptr_float().get(all);
            }
        }
        return all;
    }

    private int size() {
        return Math.toIntExact(flat.numel());
    }

    /** Adds copies of all tensors to {@code target} under {@code prefix + name}. */
    void save(Map<String, dev.repsr.network.Tensor> target, String prefix) {
        float[] all = values();
        int offset = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            int[] shape = entry.getValue();
            float[] values = new float[size(shape)];
            System.arraycopy(all, offset, values, 0, values.length);
            target.put(prefix + entry.getKey(), dev.repsr.network.Tensor.of(values, shape));
            offset += values.length;
        }
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::releaseReference);
        flat.releaseReference();
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int side : shape) {
            size = Math.multiplyExact(size, side);
        }
        return size;
    }

    private static long[] toLongs(int[] shape) {
        long[] longs = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            longs[i] = shape[i];
        }
        return longs;
    }
}
