package dev.repsr.image;

import java.util.Arrays;

/** Metadata that is kept as it came: EXIF (from its TIFF header on), XMP (XML text) or IPTC (IIM records). Immutable. */
public final class MetadataBytes {
    private final byte[] bytes;

    MetadataBytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetadataBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "MetadataBytes[" + bytes.length + "]";
    }
}
