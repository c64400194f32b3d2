package dev.repsr.engine;

import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The float32 tensors of a PyTorch state dict: a zip of a pickle and the storages that it names. Only what those pickles use. */
final class TorchTensors {
    private static final Object MARK = new Object();

    private record Global(String name) {}

    private final ZipFile zip;
    private final String root;
    private final ByteBuffer pickle;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private TorchTensors(ZipFile zip) throws IOException {
        this.zip = zip;
        String name = Collections.list(zip.entries()).stream()
                .map(ZipEntry::getName)
                .filter(entry -> entry.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow();
        this.root = name.substring(0, name.length() - "data.pkl".length());
        this.pickle = read("data.pkl");
    }

    /** Tensors by key; those of an inner dictionary have its name and a slash before theirs. */
    static Map<String, Tensor> read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            collect("", (Map<?, ?>) new TorchTensors(zip).load(), tensors);
            return tensors;
        }
    }

    private static void collect(String prefix, Map<?, ?> dictionary, Map<String, Tensor> tensors) {
        dictionary.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                collect(prefix + key + "/", inner, tensors);
            } else {
                tensors.put(prefix + key, (Tensor) value);
            }
        });
    }

    private ByteBuffer read(String entry) throws IOException {
        byte[] bytes = zip.getInputStream(zip.getEntry(root + entry)).readAllBytes();
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Object load() throws IOException {
        while (true) {
            int opcode = pickle.get() & 0xFF;
            switch (opcode) {
                case 0x80 -> pickle.get();
                case '(' -> stack.push(MARK);
                case ')' -> stack.push(List.of());
                case '}' -> stack.push(new LinkedHashMap<>());
                case 0x89 -> stack.push(false);
                case 'K' -> stack.push(pickle.get() & 0xFF);
                case 'M' -> stack.push(pickle.getShort() & 0xFFFF);
                case 'J' -> stack.push(pickle.getInt());
                case 'X' -> stack.push(text(pickle.getInt()));
                case 'c' -> stack.push(new Global(line() + "." + line()));
                case 'q' -> memo.put(pickle.get() & 0xFF, stack.element());
                case 'r' -> memo.put(pickle.getInt(), stack.element());
                case 'h' -> stack.push(Objects.requireNonNull(memo.get(pickle.get() & 0xFF)));
                case 'j' -> stack.push(Objects.requireNonNull(memo.get(pickle.getInt())));
                case 't' -> stack.push(popToMark());
                case 0x85 -> stack.push(List.of(stack.pop()));
                case 'Q' -> stack.push(storage((List<?>) stack.pop()));
                case 'R' -> stack.push(reduce((List<?>) stack.pop(), (Global) stack.pop()));
                case 's' -> setItems(new ArrayList<>(List.of(stack.pop(), stack.pop())).reversed());
                case 'u' -> setItems(popToMark());
                case 'b' -> stack.pop();
                case '.' -> {
                    return stack.pop();
                }
                default -> throw new IOException("pickle opcode " + opcode + " at " + (pickle.position() - 1));
            }
        }
    }

    private ByteBuffer storage(List<?> id) throws IOException {
        if (!id.get(1).equals(new Global("torch.FloatStorage"))) {
            throw new IOException("storage " + id);
        }
        return read("data/" + id.get(2));
    }

    private static Object reduce(List<?> arguments, Global function) throws IOException {
        return switch (function.name) {
            case "collections.OrderedDict" -> new LinkedHashMap<>();
            case "torch._utils._rebuild_tensor_v2" -> {
                int[] shape = ((List<?>) arguments.get(2))
                        .stream().mapToInt(side -> (Integer) side).toArray();
                int offset = (Integer) arguments.get(1);
                int size = 1;
                for (int side : shape) {
                    size *= side;
                }
                float[] values = new float[size];
                ByteBuffer storage = (ByteBuffer) arguments.get(0);
                storage.slice(offset * Float.BYTES, size * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                yield Tensor.of(values, shape);
            }
            default -> throw new IOException("function " + function.name);
        };
    }

    @SuppressWarnings("unchecked")
    private void setItems(List<?> keysAndValues) {
        Map<Object, Object> dictionary = (Map<Object, Object>) stack.element();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dictionary.put(keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private List<Object> popToMark() {
        List<Object> items = new ArrayList<>();
        for (Object item = stack.pop(); item != MARK; item = stack.pop()) {
            items.add(item);
        }
        return items.reversed();
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        pickle.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte next = pickle.get(); next != '\n'; next = pickle.get()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
