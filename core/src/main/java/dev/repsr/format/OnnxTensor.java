package dev.repsr.format;

import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TensorProto: sides, kind of number, and where its numbers lie in the file.
 *
 * @param type TensorProto.DataType
 * @param raw field raw_data
 * @param typed field float_data, int32_data, int64_data or double_data, packed
 */
record OnnxTensor(
        String name,
        List<Long> dims,
        int type,
        @Nullable ByteBuffer raw,
        @Nullable ByteBuffer typed) {
    static final int FLOAT = 1;
    static final int FLOAT16 = 10;
    private static final int INT64 = 7;
    private static final int DOUBLE = 11;
    private static final int BFLOAT16 = 16;
    private static final int MAX_RANK = 8;
    private static final int EXTERNAL = 1;

    static OnnxTensor read(Origin origin, ProtobufMessage message) throws ModelRefused {
        String name = "";
        List<Long> dims = new ArrayList<>();
        int type = 0;
        ByteBuffer raw = null;
        ByteBuffer typed = null;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> message.numbers(dims::add);
                case 2 -> type = (int) message.number();
                case 4, 5, 7, 10 -> typed = message.content();
                case 8 -> name = message.text();
                case 9 -> raw = message.content();
                case 13 -> throw external(origin, name);
                case 14 -> {
                    if (message.number() == EXTERNAL) {
                        throw external(origin, name);
                    }
                }
                default -> {}
            }
            if (dims.size() > MAX_RANK) {
                throw message.damaged("has more than " + MAX_RANK + " sides");
            }
        }
        return new OnnxTensor(name, List.copyOf(dims), type, raw, typed);
    }

    private static ModelRefused external(Origin origin, String name) {
        return origin.unsupported("its tensor " + name
                + " lies in another file (external data), and no second file is opened; save the model in one file");
    }

    /** How its numbers lie in the file. */
    Precision precision(Origin origin) throws ModelRefused {
        return switch (type) {
            case FLOAT -> Precision.FLOAT32;
            case FLOAT16 -> Precision.FLOAT16;
            case BFLOAT16 -> Precision.BFLOAT16;
            case DOUBLE -> Precision.FLOAT64;
            default ->
                throw origin.unsupported("its tensor " + name + " holds numbers of type " + type
                        + "; fp32, fp16, bf16 and fp64 are read");
        };
    }

    /** The values. */
    Tensor values(Origin origin) throws ModelRefused {
        Precision precision = precision(origin);
        int size = size(origin);
        float[] values;
        if (raw != null) {
            if (raw.remaining() != (long) size * precision.bytes()) {
                throw wrongLength(origin, raw.remaining());
            }
            values = precision.read(raw, size);
        } else if (typed != null && precision != Precision.FLOAT16 && precision != Precision.BFLOAT16) {
            if (typed.remaining() != (long) size * precision.bytes()) {
                throw wrongLength(origin, typed.remaining());
            }
            values = precision.read(typed, size);
        } else {
            values = fromIntegers(origin, precision, size);
        }
        return Tensor.of(values, dims.stream().mapToInt(Long::intValue).toArray());
    }

    /** Halves without raw_data lie in int32_data, the bits of each as one varint. */
    private float[] fromIntegers(Origin origin, Precision precision, int size) throws ModelRefused {
        List<Long> bits = integers(origin, typed);
        if (bits.size() != size) {
            throw origin.damaged("a damaged file: its tensor " + name + " has " + bits.size() + " numbers, its sides "
                    + dims + " need " + size);
        }
        ByteBuffer one = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            one.putLong(0, bits.get(i));
            values[i] = precision.get(one, 0);
        }
        return values;
    }

    private static List<Long> integers(Origin origin, @Nullable ByteBuffer packed) throws ModelRefused {
        List<Long> numbers = new ArrayList<>();
        if (packed != null) {
            Section section = new Section(origin, "a list of numbers", packed);
            while (section.remaining() > 0) {
                numbers.add(ProtobufMessage.varint(section));
            }
        }
        return numbers;
    }

    /** Whole or real numbers of a small tensor, such as scales, as doubles. */
    List<Double> numbers(Origin origin) throws ModelRefused {
        List<Double> numbers = new ArrayList<>();
        if (type == INT64) {
            if (raw == null) {
                for (long number : integers(origin, typed)) {
                    numbers.add((double) number);
                }
            } else {
                for (int i = 0; i + Long.BYTES <= raw.remaining(); i += Long.BYTES) {
                    numbers.add((double) raw.getLong(i));
                }
            }
            return numbers;
        }
        for (float number : values(origin).toArray()) {
            numbers.add((double) number);
        }
        return numbers;
    }

    private int size(Origin origin) throws ModelRefused {
        long size = 1;
        for (long side : dims) {
            if (side < 0 || side > Integer.MAX_VALUE || size * side > Integer.MAX_VALUE) {
                throw origin.damaged("a damaged file: its tensor " + name + " has sides " + dims);
            }
            size *= side;
        }
        long most = raw != null ? raw.remaining() : typed == null ? 0 : typed.remaining();
        if (size > most) {
            throw wrongLength(origin, most);
        }
        return (int) size;
    }

    private ModelRefused wrongLength(Origin origin, long bytes) {
        return origin.damaged("a damaged file: its tensor " + name + " has " + bytes + " bytes, which its sides " + dims
                + " do not fit");
    }
}
