package dev.repsr.bench;

import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds in registers alone, on the widest vectors that the JVM uses: what the processor can do at most. Each of
 * the threads runs independent chains, enough to hide the latency of an instruction where two start in a cycle.
 */
final class FmaPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int ITERATIONS = 1 << 14;
    private static final int CALLS = 600;

    private final int threads;

    FmaPeak(int threads) {
        this.threads = threads;
    }

    /** Floating-point operations of one {@link #run}, two a multiply-add. */
    double flop() {
        return 2.0 * SPECIES.length() * CHAINS * ITERATIONS * CALLS * threads;
    }

    /** Bits of a vector. */
    static int vectorBits() {
        return SPECIES.vectorBitSize();
    }

    /** Runs on as many threads as it was made for, of which one is the caller's. */
    void run() throws InterruptedException {
        Thread[] others = IntStream.range(1, threads)
                .mapToObj(i -> Thread.ofPlatform().start(this::work))
                .toArray(Thread[]::new);
        work();
        for (Thread thread : others) {
            thread.join();
        }
    }

    private void work() {
        float sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += chains(1 + i % 2);
        }
        // The sum is looked at, or the compiler would leave the loops out.
        if (!(sum > 0)) {
            throw new IllegalStateException("the chains left their range: " + sum);
        }
    }

    /** All chains begin differently, so that none can stand for another; the values stay near 1. */
    private static float chains(float start) {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.875f);
        FloatVector addend = FloatVector.broadcast(SPECIES, 0.125f);
        FloatVector a = FloatVector.broadcast(SPECIES, start);
        FloatVector b = a.add(0.01f);
        FloatVector c = a.add(0.02f);
        FloatVector d = a.add(0.03f);
        FloatVector e = a.add(0.04f);
        FloatVector f = a.add(0.05f);
        FloatVector g = a.add(0.06f);
        FloatVector h = a.add(0.07f);
        FloatVector i = a.add(0.08f);
        FloatVector j = a.add(0.09f);
        FloatVector k = a.add(0.10f);
        FloatVector l = a.add(0.11f);
        for (int n = 0; n < ITERATIONS; n++) {
            a = a.fma(factor, addend);
            b = b.fma(factor, addend);
            c = c.fma(factor, addend);
            d = d.fma(factor, addend);
            e = e.fma(factor, addend);
            f = f.fma(factor, addend);
            g = g.fma(factor, addend);
            h = h.fma(factor, addend);
            i = i.fma(factor, addend);
            j = j.fma(factor, addend);
            k = k.fma(factor, addend);
            l = l.fma(factor, addend);
        }
        FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        return sum.lane(0);
    }
}
