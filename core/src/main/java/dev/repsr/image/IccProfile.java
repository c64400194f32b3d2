package dev.repsr.image;

import java.util.Arrays;

/** An ICC colour profile, kept as it came. Immutable. */
public final class IccProfile {
    /** Larger profiles are dropped: real ones have up to a few MiB. */
    static final int MAX_BYTES = 4 << 20;

    private final byte[] bytes;

    IccProfile(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the profile's bytes. */
    public byte[] bytes() {
        return bytes.clone();
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
