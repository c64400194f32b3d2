package dev.repsr.format;

import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that a pickle describes: a view of a storage, its numbers not read yet.
 *
 * @param shape sides, outermost first
 * @param strides how many numbers of the storage to step for one step along each side
 */
record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /**
     * Numbers in an entry of the archive.
     *
     * @param key name of the entry
     * @param precision null for whole numbers, which no network here is made of
     * @param count how many
     */
    record Storage(String key, @Nullable Precision precision, long count) {}

    private static final int MAX_RANK = 8;

    /** How many values; they lie within the storage. */
    int size(String name, Origin origin) throws ModelRefused {
        long size = 1;
        long last = offset;
        boolean sound = offset >= 0 && shape.size() == strides.size() && shape.size() <= MAX_RANK;
        for (int i = 0; sound && i < shape.size(); i++) {
            long side = shape.get(i);
            long stride = strides.get(i);
            sound = fits(side) && fits(stride) && size * side <= Integer.MAX_VALUE;
            size *= side;
            last += Math.max(side - 1, 0) * stride;
            sound &= last <= Integer.MAX_VALUE;
        }
        if (!sound || (size > 0 && last >= storage.count)) {
            throw origin.damaged("a damaged file: tensor " + name + " of shape " + shape + ", strides " + strides
                    + " and offset " + offset + " does not fit its storage of " + storage.count + " numbers");
        }
        return (int) size;
    }

    private static boolean fits(long number) {
        return number >= 0 && number <= Integer.MAX_VALUE;
    }

    /**
     * The values in row-major order.
     *
     * @param numbers all of the storage, little-endian
     */
    Tensor read(Precision precision, ByteBuffer numbers, int size) {
        float[] values = new float[size];
        int[] index = new int[shape.size()];
        long at = offset;
        for (int i = 0; i < size; i++) {
            values[i] = precision.get(numbers, Math.toIntExact(at * precision.bytes()));
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis]++;
                at += strides.get(axis);
                if (index[axis] < shape.get(axis)) {
                    break;
                }
                at -= index[axis] * strides.get(axis);
                index[axis] = 0;
            }
        }
        int[] sides = shape.stream().mapToInt(Long::intValue).toArray();
        return Tensor.of(values, sides);
    }
}
