package dev.repsr.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A run of little-endian bytes of a model file that is read front to back; every length is checked against what is left. */
final class Section {
    private final Origin origin;
    private final String what;
    private final ByteBuffer bytes;

    /**
     * Reads from the buffer's position to its limit.
     *
     * @param what what messages call this part of the file
     */
    Section(Origin origin, String what, ByteBuffer bytes) {
        this.origin = origin;
        this.what = what;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return bytes.remaining();
    }

    int position() {
        return bytes.position();
    }

    int unsigned8() throws ModelRefused {
        require(1);
        return bytes.get() & 0xFF;
    }

    int unsigned16() throws ModelRefused {
        require(2);
        return bytes.getShort() & 0xFFFF;
    }

    int int32() throws ModelRefused {
        require(4);
        return bytes.getInt();
    }

    long int64() throws ModelRefused {
        require(8);
        return bytes.getLong();
    }

    /** Goes on at {@code position}. */
    Section at(long position) throws ModelRefused {
        if (position < 0 || position > bytes.limit()) {
            throw damaged("byte " + position + " is asked for, which lies outside");
        }
        bytes.position((int) position);
        return this;
    }

    /** The next {@code length} bytes, which are passed. */
    ByteBuffer take(long length) throws ModelRefused {
        require(length);
        ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    /** The next {@code length} bytes as a section of their own. */
    Section section(long length, String name) throws ModelRefused {
        return new Section(origin, name, take(length));
    }

    /** The next {@code length} bytes as UTF-8. */
    String text(long length) throws ModelRefused {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(take(length)).toString();
        } catch (CharacterCodingException e) {
            throw damaged("holds text that is not UTF-8");
        }
    }

    /** Refuses the file because of this part. */
    ModelRefused damaged(String why) {
        return origin.damaged("a damaged file: " + what + " " + why + " (near byte " + bytes.position() + " of it)");
    }

    private void require(long length) throws ModelRefused {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("needs " + length + " more bytes, " + bytes.remaining() + " are left");
        }
    }
}
