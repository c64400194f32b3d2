package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As many fused multiply-adds a cycle as the processor can do on vectors of 256 bits: chains that wait for nothing else. */
final class FmaLoop256 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private FmaLoop256() {}

    /** As {@link Kernels#fmaLoop}. */
    static float run(int turns) {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector summand = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a0 = summand;
        FloatVector a1 = summand;
        FloatVector a2 = summand;
        FloatVector a3 = summand;
        FloatVector a4 = summand;
        FloatVector a5 = summand;
        FloatVector a6 = summand;
        FloatVector a7 = summand;
        FloatVector a8 = summand;
        FloatVector a9 = summand;
        FloatVector a10 = summand;
        FloatVector a11 = summand;
        for (int turn = 0; turn < turns; turn++) {
            a0 = a0.fma(factor, summand);
            a1 = a1.fma(factor, summand);
            a2 = a2.fma(factor, summand);
            a3 = a3.fma(factor, summand);
            a4 = a4.fma(factor, summand);
            a5 = a5.fma(factor, summand);
            a6 = a6.fma(factor, summand);
            a7 = a7.fma(factor, summand);
            a8 = a8.fma(factor, summand);
            a9 = a9.fma(factor, summand);
            a10 = a10.fma(factor, summand);
            a11 = a11.fma(factor, summand);
        }
        FloatVector first = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
        FloatVector second = a6.add(a7).add(a8).add(a9).add(a10).add(a11);
        return first.add(second).reduceLanes(VectorOperators.ADD);
    }
}
