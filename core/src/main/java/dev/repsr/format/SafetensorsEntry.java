package dev.repsr.format;

import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of a safetensors header, whose bytes were found to lie within the file.
 *
 * @param begin first byte behind the header
 */
record SafetensorsEntry(String name, Precision precision, List<Integer> shape, int begin, int size) {

    /**
     * Reads the description of the tensor that has to begin at {@code begin}.
     *
     * @param length bytes behind the header
     * @throws IllegalArgumentException that says what is wrong
     */
    static SafetensorsEntry parse(String name, Object entry, int begin, int length) {
        Map<String, Object> fields = object(name, entry);
        Precision precision = precision(name, fields.get("dtype"));
        List<Long> shape = numbers(name, fields.get("shape"));
        List<Long> offsets = numbers(name, fields.get("data_offsets"));
        long size = 1;
        for (long side : shape) {
            if (side < 0 || side > Integer.MAX_VALUE || size * side > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("tensor " + name + " has shape " + shape);
            }
            size *= side;
        }
        long end = begin + precision.bytes() * size;
        if (offsets.size() != 2 || offsets.get(0) != begin || offsets.get(1) != end) {
            throw new IllegalArgumentException(
                    "tensor " + name + " lies at bytes " + offsets + ", expected [" + begin + ", " + end + "]");
        }
        if (end > length) {
            throw new IllegalArgumentException("tensor " + name + " needs " + (end - begin) + " bytes, only "
                    + (length - begin) + " are left (a truncated file?)");
        }
        return new SafetensorsEntry(
                name, precision, shape.stream().map(Long::intValue).toList(), begin, (int) size);
    }

    int end() {
        return begin + precision.bytes() * size;
    }

    /** @param data the bytes behind the header, little-endian */
    Tensor tensor(ByteBuffer data) {
        float[] values = precision.read(data.slice(begin, end() - begin).order(data.order()), size);
        return Tensor.of(values, shape.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Precision precision(String name, @Nullable Object type) {
        return switch (String.valueOf(type)) {
            case "F32" -> Precision.FLOAT32;
            case "F16" -> Precision.FLOAT16;
            case "BF16" -> Precision.BFLOAT16;
            default ->
                throw new IllegalArgumentException("tensor " + name + " is " + type + ", expected F32, F16 or BF16");
        };
    }

    /** The word of the header for a precision that is written. */
    static String word(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case FLOAT64, BFLOAT16 -> throw new IllegalArgumentException(precision.word() + " is not written");
        };
    }

    /** The members of a JSON object. */
    static Map<String, Object> object(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("entry " + name + " is not an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put((String) key, member));
        return members;
    }

    private static List<Long> numbers(String name, @Nullable Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
            throw new IllegalArgumentException("tensor " + name + ": a list of numbers is expected, found " + value);
        }
        return list.stream().map(Long.class::cast).toList();
    }
}
