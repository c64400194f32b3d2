package dev.repsr.train.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A width of vectors. */
enum Width {
    BITS_512(512),
    BITS_256(256),
    BITS_128(128);

    private final int bits;

    Width(int bits) {
        this.bits = bits;
    }

    /** The species of vectors with so many floats; a constant where the number is one. */
    static VectorSpecies<Float> species(int lanes) {
        return lanes == 16 ? FloatVector.SPECIES_512 : lanes == 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }

    int lanes() {
        return bits / Float.SIZE;
    }

    int bits() {
        return bits;
    }

    /** Those that this JVM compiles to vector instructions, widest first. */
    static List<Width> available() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return Arrays.stream(values())
                .filter(width -> width.bits() <= preferred)
                .toList();
    }

    /** Whether there is a fused multiply-add for the widest: an x86 processor whose vectors end at 128 bits has none. */
    static boolean isFast() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("x86");
        return available().stream().anyMatch(width -> !x86 || width != BITS_128);
    }
}
