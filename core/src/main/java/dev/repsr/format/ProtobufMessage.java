package dev.repsr.format;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Walks over the fields of one message in protobuf's wire format. What is not asked for is passed over unread. */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_SHIFT = 63;

    private final Section bytes;
    private int field;
    private int wireType;
    private boolean unread;

    ProtobufMessage(Section bytes) {
        this.bytes = bytes;
    }

    /** Goes to the next field; false at the end. */
    boolean next() throws ModelRefused {
        if (unread) {
            skip();
        }
        if (bytes.remaining() == 0) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        unread = true;
        if (tag >>> 3 == 0 || tag >>> 3 > Integer.MAX_VALUE) {
            throw bytes.damaged("has a field numbered " + (tag >>> 3));
        }
        return true;
    }

    /** Number of the field. */
    int field() {
        return field;
    }

    /** Its whole number. */
    long number() throws ModelRefused {
        require(VARINT);
        return varint();
    }

    /** Its float. */
    float real() throws ModelRefused {
        require(FIXED32);
        return Float.intBitsToFloat(bytes.int32());
    }

    /** Its text. */
    String text() throws ModelRefused {
        require(LENGTH_DELIMITED);
        return bytes.text(varint());
    }

    /** Its bytes. */
    ByteBuffer content() throws ModelRefused {
        require(LENGTH_DELIMITED);
        return bytes.take(varint());
    }

    /** Its bytes as a message. */
    ProtobufMessage message(String what) throws ModelRefused {
        require(LENGTH_DELIMITED);
        return new ProtobufMessage(bytes.section(varint(), what));
    }

    /** Its whole numbers, of which there may be one or many packed together. */
    void numbers(LongConsumer each) throws ModelRefused {
        if (wireType == VARINT) {
            each.accept(number());
            return;
        }
        require(LENGTH_DELIMITED);
        Section packed = bytes.section(varint(), "a list of numbers");
        while (packed.remaining() > 0) {
            each.accept(varint(packed));
        }
    }

    /** Its floats, one or many packed together. */
    void reals(Consumer<Float> each) throws ModelRefused {
        if (wireType == FIXED32) {
            each.accept(real());
            return;
        }
        require(LENGTH_DELIMITED);
        Section packed = bytes.section(varint(), "a list of numbers");
        while (packed.remaining() > 0) {
            each.accept(Float.intBitsToFloat(packed.int32()));
        }
    }

    /** Refuses the file because of this message. */
    ModelRefused damaged(String why) {
        return bytes.damaged(why);
    }

    private void require(int type) throws ModelRefused {
        if (wireType != type) {
            throw bytes.damaged("has field " + field + " as wire type " + wireType + ", expected " + type);
        }
        unread = false;
    }

    private void skip() throws ModelRefused {
        unread = false;
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> bytes.int64();
            case LENGTH_DELIMITED -> bytes.take(varint());
            case FIXED32 -> bytes.int32();
            default -> throw bytes.damaged("has field " + field + " of wire type " + wireType);
        }
    }

    private long varint() throws ModelRefused {
        return varint(bytes);
    }

    /** The next number of a packed list. */
    static long varint(Section bytes) throws ModelRefused {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int next = bytes.unsigned8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw bytes.damaged("has a number of more than 64 bits");
    }
}
