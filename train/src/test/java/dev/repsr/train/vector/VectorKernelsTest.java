package dev.repsr.train.vector;

import dev.repsr.train.step.StepKernels;
import dev.repsr.train.step.StepKernelsContract;
import org.junit.jupiter.api.Nested;

class VectorKernelsTest {

    @Nested
    class With512Bits extends StepKernelsContract {
        @Override
        protected StepKernels kernels() {
            return new VectorKernels(Width.BITS_512);
        }
    }

    @Nested
    class With256Bits extends StepKernelsContract {
        @Override
        protected StepKernels kernels() {
            return new VectorKernels(Width.BITS_256);
        }
    }

    @Nested
    class With128Bits extends StepKernelsContract {
        @Override
        protected StepKernels kernels() {
            return new VectorKernels(Width.BITS_128);
        }
    }
}
