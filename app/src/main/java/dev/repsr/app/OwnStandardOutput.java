package dev.repsr.app;

import java.io.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Native libraries greet on standard output, where the program's results belong. From {@link #keep} on what they write there
 * goes nowhere, and {@link FileDescriptor#out} is a copy of the real one that they do not know. Needs POSIX's functions;
 * elsewhere everything stays as it is.
 */
final class OwnStandardOutput {
    private static final int OUTPUT = 1;
    private static final int MODE = 0600;
    private static final SymbolLookup LIBRARY = Linker.nativeLinker().defaultLookup();

    private OwnStandardOutput() {}

    static void keep() {
        if (LIBRARY.find("creat").isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int own = (int) function("dup", ValueLayout.JAVA_INT).invokeExact(OUTPUT);
            if (own < 0 || !RealStandardError.lead(FileDescriptor.out, own)) {
                return;
            }
            MethodHandle creat = function("creat", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            int nowhere = (int) creat.invokeExact(arena.allocateFrom("/dev/null"), MODE);
            MethodHandle dup2 = function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            int ignored = (int) dup2.invokeExact(nowhere, OUTPUT);
        } catch (Throwable e) {
            throw new IllegalStateException("standard output cannot be kept apart", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, MemoryLayout... arguments) {
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
        return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), type);
    }
}
