package dev.repsr.format;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's files (version 1.6 and later): a ZIP of a pickle that describes tensors, and one entry of raw numbers for each
 * storage. The pickle is read by {@link PickleMachine}, which can make nothing but dictionaries, lists and tensors.
 *
 * <p>A file that this class writes is {@code {"params": state dict, "repsr": metadata}}.
 */
public final class PthFile {
    /** What the state dict lies under in files that are written, as BasicSR does it. */
    static final String PARAMS = "params";

    /** What the metadata lies under in files that are written. */
    static final String METADATA = "repsr";

    private static final String PICKLE = "data.pkl";
    private static final List<String> WRAPPERS =
            List.of("model_state_dict", "state_dict", "params_ema", "params-ema", PARAMS, "model", "net");
    private static final int MAX_WRAPPERS = 4;

    /** Views may share numbers, but not so that a small file becomes a large network. */
    private static final int FREE_VALUES = 1 << 16;

    private final Origin origin;
    private final ZipArchive zip;
    private final String root;
    private final Map<String, ByteBuffer> storages = new HashMap<>();

    private PthFile(Origin origin, ZipArchive zip, String root) {
        this.origin = origin;
        this.zip = zip;
        this.root = root;
    }

    /**
     * Reads a model.
     *
     * @param name of the file
     * @throws ModelRefused if it is damaged, holds more than a state dict, or another network
     */
    static OpenedModel read(byte[] file, String name) throws ModelRefused {
        Origin origin = new Origin(name);
        ZipArchive zip = ZipArchive.read(origin, file);
        List<String> pickles = zip.names().stream()
                .filter(entry -> entry.equals(PICKLE) || entry.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw origin.notAModel(
                    "a ZIP archive, but not of PyTorch (it has " + pickles.size() + " entries " + PICKLE + ")");
        }
        String entry = pickles.getFirst();
        String root = entry.substring(0, entry.length() - PICKLE.length());
        return new PthFile(origin, zip, root).read(ModelFormat.stem(name));
    }

    private OpenedModel read(String stem) throws ModelRefused {
        checkByteOrder();
        Section pickle = new Section(origin, "its pickle", zip.content(root + PICKLE));
        if (!(PickleMachine.load(pickle) instanceof Map<?, ?> top)) {
            throw origin.foreign("it holds no dictionary of tensors");
        }
        Map<String, String> metadata = metadata(top.get(METADATA));
        Map<String, PickledTensor> described = described(stateDict(top));
        checkSizes(described);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Precision precision = Precision.FLOAT64;
        for (Map.Entry<String, PickledTensor> tensor : described.entrySet()) {
            tensors.put(tensor.getKey(), tensor(tensor.getKey(), tensor.getValue()));
            precision = precision.coarser(precision(tensor.getKey(), tensor.getValue()));
        }
        Network network = StateDict.network(origin, tensors);
        String modelName = metadata.getOrDefault(ModelFile.NAME, stem);
        return new OpenedModel(new Model(modelName, network, metadata), ModelFormat.PTH, precision);
    }

    private void checkByteOrder() throws ModelRefused {
        String entry = root + "byteorder";
        if (zip.names().contains(entry)) {
            Section order = new Section(origin, "its byte order", zip.content(entry));
            if (!order.text(order.remaining()).strip().equals("little")) {
                throw origin.unsupported("its numbers are not little-endian; save it again on an ordinary processor");
            }
        }
    }

    private static Map<String, String> metadata(@Nullable Object value) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((key, text) -> {
                if (key instanceof String name && text instanceof String known) {
                    metadata.put(name, known);
                }
            });
        }
        return metadata;
    }

    /** Peels the dictionaries that training programs wrap a state dict in. */
    private static Map<?, ?> stateDict(Map<?, ?> top) {
        Map<?, ?> current = top;
        for (int depth = 0; depth < MAX_WRAPPERS; depth++) {
            Map<?, ?> inner = inner(current);
            if (inner == null) {
                return current;
            }
            current = inner;
        }
        return current;
    }

    private static @Nullable Map<?, ?> inner(Map<?, ?> outer) {
        for (String wrapper : WRAPPERS) {
            if (outer.get(wrapper) instanceof Map<?, ?> wrapped) {
                return wrapped;
            }
        }
        List<Map<?, ?>> nested = new ArrayList<>();
        for (Object value : outer.values()) {
            if (value instanceof Map<?, ?> map) {
                nested.add(map);
            }
        }
        return nested.size() == 1 ? nested.getFirst() : null;
    }

    private static Map<String, PickledTensor> described(Map<?, ?> stateDict) {
        Map<String, PickledTensor> described = new LinkedHashMap<>();
        stateDict.forEach((key, value) -> {
            if (key instanceof String name && value instanceof PickledTensor tensor) {
                described.put(name, tensor);
            }
        });
        return described;
    }

    private void checkSizes(Map<String, PickledTensor> described) throws ModelRefused {
        long values = 0;
        long stored = 0;
        Set<String> counted = new HashSet<>();
        for (Map.Entry<String, PickledTensor> tensor : described.entrySet()) {
            values += tensor.getValue().size(tensor.getKey(), origin);
            if (counted.add(tensor.getValue().storage().key())) {
                stored += numbers(tensor.getKey(), tensor.getValue()).remaining()
                        / precision(tensor.getKey(), tensor.getValue()).bytes();
            }
        }
        if (values > stored + FREE_VALUES) {
            throw origin.damaged("a damaged file: its tensors have " + values + " values, its storages only " + stored);
        }
    }

    private Precision precision(String name, PickledTensor tensor) throws ModelRefused {
        Precision precision = tensor.storage().precision();
        if (precision == null) {
            throw origin.foreign("tensor " + name + " holds whole numbers");
        }
        return precision;
    }

    private ByteBuffer numbers(String name, PickledTensor tensor) throws ModelRefused {
        PickledTensor.Storage storage = tensor.storage();
        ByteBuffer numbers = storages.get(storage.key());
        if (numbers == null) {
            numbers = zip.content(root + "data/" + storage.key());
            storages.put(storage.key(), numbers);
        }
        long expected = storage.count() * precision(name, tensor).bytes();
        if (storage.count() < 0 || storage.count() > Integer.MAX_VALUE || numbers.remaining() != expected) {
            throw origin.damaged("a damaged file: storage " + storage.key() + " of tensor " + name + " has "
                    + numbers.remaining() + " bytes where " + storage.count() + " numbers are said to be");
        }
        return numbers;
    }

    private Tensor tensor(String name, PickledTensor tensor) throws ModelRefused {
        return tensor.read(precision(name, tensor), numbers(name, tensor), tensor.size(name, origin));
    }

    /**
     * The bytes of a file that {@code torch.load} reads with {@code weights_only} too.
     *
     * @param precision float32 or float16
     */
    static byte[] bytes(Model model, Precision precision) throws IOException {
        return PthWriter.bytes(model, precision);
    }
}
