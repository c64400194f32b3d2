package dev.repsr.format;

import java.nio.ByteBuffer;

/** How numbers lie in a file, finest first. Networks always run in float32. */
public enum Precision {
    /** IEEE 754 binary64; rounded to float32 when read. */
    FLOAT64("fp64", 8),
    /** IEEE 754 binary32. */
    FLOAT32("fp32", 4),
    /** IEEE 754 binary16. */
    FLOAT16("fp16", 2),
    /** The upper half of a binary32. */
    BFLOAT16("bf16", 2);

    private static final int BFLOAT_SHIFT = 16;

    private final String word;
    private final int bytes;

    Precision(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /** Name as the field writes it, such as "fp16". */
    public String word() {
        return word;
    }

    /** The value after a round trip through this precision; infinite where it is too large. */
    public float rounded(float value) {
        return switch (this) {
            case FLOAT64, FLOAT32 -> value;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(value));
            case BFLOAT16 -> Float.intBitsToFloat(Float.floatToIntBits(value) >> BFLOAT_SHIFT << BFLOAT_SHIFT);
        };
    }

    /** Bytes of one number. */
    int bytes() {
        return bytes;
    }

    /** The one of the two that keeps less. */
    Precision coarser(Precision other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The number at byte {@code position} of a little-endian buffer. */
    float get(ByteBuffer buffer, int position) {
        return switch (this) {
            case FLOAT64 -> (float) buffer.getDouble(position);
            case FLOAT32 -> buffer.getFloat(position);
            case FLOAT16 -> Float.float16ToFloat(buffer.getShort(position));
            case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(position) << BFLOAT_SHIFT);
        };
    }

    /** The first {@code count} numbers of a little-endian buffer. */
    float[] read(ByteBuffer buffer, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = get(buffer, buffer.position() + i * bytes);
        }
        return values;
    }

    /** Appends a number to a little-endian buffer; only float32 and float16 are written. */
    void put(ByteBuffer buffer, float value) {
        switch (this) {
            case FLOAT32 -> buffer.putFloat(value);
            case FLOAT16 -> buffer.putShort(Float.floatToFloat16(value));
            case FLOAT64, BFLOAT16 -> throw new IllegalArgumentException(word + " is read but not written");
        }
    }
}
