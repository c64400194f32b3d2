package dev.repsr.image;

/** A limit that whoever trusts a picture may raise. Other limits are fixed. */
public enum Limit {
    /** Pixels of what is read or made: {@link ImageLimits#maxInputPixels} and {@link ImageLimits#maxOutputPixels}. */
    PIXELS,
    /** Bytes of a file: {@link ImageLimits#maxBytes}. */
    FILE_BYTES,
    /** Memory for the program's own buffers. */
    MEMORY,
    /** Time that decoding may take. */
    TIME
}
