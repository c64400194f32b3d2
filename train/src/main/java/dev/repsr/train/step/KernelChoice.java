package dev.repsr.train.step;

import java.util.ServiceLoader;

/** Which kernels a training takes. */
final class KernelChoice {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private KernelChoice() {}

    /** Those in vectors where the JVM has the Vector API and the processor runs them well, else the scalar ones. */
    static StepKernels fastest() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return new ScalarKernels();
        }
        return ServiceLoader.load(StepKernels.Provider.class, StepKernels.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(StepKernels.Provider::isFast)
                .map(StepKernels.Provider::kernels)
                .findFirst()
                .orElseGet(ScalarKernels::new);
    }
}
