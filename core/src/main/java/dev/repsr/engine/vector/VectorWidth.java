package dev.repsr.engine.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;

/** A vector width that there are kernels for. */
enum VectorWidth {
    BITS_512(512),
    BITS_256(256),
    BITS_128(128);

    private final int bits;

    VectorWidth(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    Kernels kernels() {
        return switch (this) {
            case BITS_512 -> new Kernels512();
            case BITS_256 -> new Kernels256();
            case BITS_128 -> new Kernels128();
        };
    }

    /** The widths that this JVM compiles to vector instructions, widest first; the others would run a hundred times slower. */
    static List<VectorWidth> available() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return Arrays.stream(values()).filter(width -> width.bits <= preferred).toList();
    }

    /** The widest that this JVM compiles; 128 bits where there is none. */
    static VectorWidth preferred() {
        List<VectorWidth> available = available();
        return available.isEmpty() ? BITS_128 : available.getFirst();
    }

    /** Whether there is a fused multiply-add for this width: an x86 processor whose vectors end at 128 bits has none. */
    boolean isFast() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("x86");
        return available().contains(this) && !(x86 && this == BITS_128);
    }
}
