package dev.repsr.train.report;

import java.io.ByteArrayOutputStream;

/** Writes a message of protocol buffers, field by field. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A whole number, not negative. */
    ProtoMessage number(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    ProtoMessage real(int field, double value) {
        varint((long) field << 3 | FIXED64);
        out.writeBytes(EventFile.little(8).putDouble(value).array());
        return this;
    }

    ProtoMessage real(int field, float value) {
        varint((long) field << 3 | FIXED32);
        out.writeBytes(EventFile.little(4).putFloat(value).array());
        return this;
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, EventFile.utf8(value));
    }

    ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    ProtoMessage bytes(int field, byte[] value) {
        varint((long) field << 3 | LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** The fields of another message, as fields of this one. */
    ProtoMessage append(ProtoMessage fields) {
        out.writeBytes(fields.toBytes());
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
