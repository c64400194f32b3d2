package dev.repsr.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names of Python that a pickle may use, and what each of them means here. All others are refused by name. */
final class PickleFunctions {

    /** What a name on the list stands for. */
    sealed interface Global {}

    /** A function that is carried out by {@link #call}. */
    enum Function implements Global {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_PARAMETER
    }

    /**
     * The class of a storage.
     *
     * @param precision null for whole numbers
     */
    record StorageClass(@Nullable Precision precision) implements Global {}

    private static final Map<String, Global> ALLOWED = Map.of(
            "collections.OrderedDict", Function.ORDERED_DICT,
            "torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR,
            "torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER,
            "torch.FloatStorage", new StorageClass(Precision.FLOAT32),
            "torch.HalfStorage", new StorageClass(Precision.FLOAT16),
            "torch.BFloat16Storage", new StorageClass(Precision.BFLOAT16),
            "torch.DoubleStorage", new StorageClass(Precision.FLOAT64),
            "torch.IntStorage", new StorageClass(null),
            "torch.LongStorage", new StorageClass(null));

    private PickleFunctions() {}

    /** @throws ModelRefused if the name is not on the list */
    static Global global(Section pickle, String module, String name) throws ModelRefused {
        Global global = ALLOWED.get(module + "." + name);
        if (global == null) {
            throw pickle.damaged(
                    "asks for " + module + "." + name + ", which no state dict needs and which is therefore refused");
        }
        return global;
    }

    /** The storage of a persistent id ("storage", class, key, device, count). */
    static PickledTensor.Storage storage(Section pickle, Object id) throws ModelRefused {
        if (id instanceof List<?> parts
                && parts.size() == 5
                && Objects.equals(parts.get(0), "storage")
                && parts.get(1) instanceof StorageClass type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long count) {
            return new PickledTensor.Storage(key, type.precision, count);
        }
        throw pickle.damaged("refers to something outside that is no storage of numbers");
    }

    /** Carries out a call. */
    static Object call(Section pickle, Object function, List<?> arguments) throws ModelRefused {
        if (function instanceof Function known) {
            switch (known) {
                case ORDERED_DICT -> {
                    if (arguments.isEmpty()) {
                        return new LinkedHashMap<>();
                    }
                }
                case REBUILD_TENSOR -> {
                    if (arguments.size() >= 4
                            && arguments.get(0) instanceof PickledTensor.Storage storage
                            && arguments.get(1) instanceof Long offset) {
                        return new PickledTensor(
                                storage, offset, numbers(pickle, arguments.get(2)), numbers(pickle, arguments.get(3)));
                    }
                }
                case REBUILD_PARAMETER -> {
                    if (!arguments.isEmpty() && arguments.getFirst() instanceof PickledTensor tensor) {
                        return tensor;
                    }
                }
            }
        }
        throw pickle.damaged("calls a function with arguments that do not fit it");
    }

    private static List<Long> numbers(Section pickle, Object value) throws ModelRefused {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
            throw pickle.damaged("has a tensor whose sides are no whole numbers");
        }
        return list.stream().map(Long.class::cast).toList();
    }
}
