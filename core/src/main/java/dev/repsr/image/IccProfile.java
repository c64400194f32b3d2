package dev.repsr.image;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ICC colour profile, kept as it came. Immutable. */
public final class IccProfile {
    /** Larger profiles are dropped: real ones have up to a few MiB. */
    static final int MAX_BYTES = 4 << 20;

    private static final int COLOUR_SPACE_AT = 16;
    private static final int SIGNATURE_AT = 36;
    private static final int HEADER = 128;
    private static final int MAX_TAGS = 100;

    private final byte[] bytes;

    IccProfile(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The profile, if it is as long as it says it is (ICC.1, 7.2); else null and a warning. */
    static @Nullable IccProfile sound(String name, byte[] bytes, List<String> warnings) {
        Bytes in = Bytes.bigEndian(bytes);
        boolean whole = in.length() >= HEADER && in.has(SIGNATURE_AT, "acsp") && in.u32(0) >= HEADER;
        if (whole && in.u32(0) <= in.length() && in.length() <= MAX_BYTES) {
            return new IccProfile(in.copy(0, (int) in.u32(0)));
        }
        warnings.add(name + " has a colour profile that is damaged or too large; it is left out");
        return null;
    }

    /** Whether equal steps of its samples are equal steps of light: its first curve has the exponent 1 (ICC.1, 10.6 and 10.18). */
    boolean isLinear() {
        Bytes in = Bytes.bigEndian(bytes);
        try {
            long tags = Math.min(in.u32(HEADER), MAX_TAGS);
            for (int i = 0; i < tags; i++) {
                long entry = HEADER + 4 + 12L * i;
                if (in.has(entry, "rTRC") || in.has(entry, "kTRC")) {
                    long at = in.u32(entry + 4);
                    boolean straight = in.has(at, "curv")
                            && (in.u32(at + 8) == 0 || (in.u32(at + 8) == 1 && in.u16(at + 12) == 1 << 8));
                    return straight || (in.has(at, "para") && in.u32(at + 12) == 1 << 16);
                }
            }
            return false;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** A copy of the profile's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Number of bytes. */
    int length() {
        return bytes.length;
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
