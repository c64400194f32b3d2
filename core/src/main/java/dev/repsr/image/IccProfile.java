package dev.repsr.image;

import java.util.Arrays;

/** An ICC colour profile, kept as it came. Immutable. */
public final class IccProfile {
    /** Larger profiles are dropped: real ones have up to a few MiB. */
    static final int MAX_BYTES = 4 << 20;

    private static final int COLOUR_SPACE_AT = 16;

    private final byte[] bytes;

    IccProfile(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the profile's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the profile speaks of the colours that the format has: its header names grey or RGB. */
    boolean describes(PictureFormat format) {
        return Bytes.bigEndian(bytes).has(COLOUR_SPACE_AT, format.colourChannels() == 1 ? "GRAY" : "RGB ");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IccProfile that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "IccProfile[" + bytes.length + " bytes]";
    }
}
