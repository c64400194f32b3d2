package dev.repsr.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The OpenMP library that a native runtime has loaded; oneDNN has no setting of its own for the number of threads. */
final class OpenMp {
    private OpenMp() {}

    /** Parallel regions that the calling thread enters from now on run on this many threads. */
    @SuppressWarnings("restricted")
    static void setThreads(int threads) {
        MemorySegment function = SymbolLookup.loaderLookup()
                .find("omp_set_num_threads")
                .orElseThrow(() -> new IllegalStateException("no OpenMP library is loaded"));
        MethodHandle handle =
                Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        try {
            handle.invokeExact(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("omp_set_num_threads failed", e);
        }
    }
}
