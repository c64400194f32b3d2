package dev.repsr.train.vector;

import dev.repsr.train.fold.Matrices;
import dev.repsr.train.fold.MatricesContract;
import org.junit.jupiter.api.Nested;

class VectorMatricesTest {

    @Nested
    class With512Bits extends MatricesContract {
        @Override
        protected Matrices matrices() {
            return new VectorKernels(Width.BITS_512).matrices();
        }
    }

    @Nested
    class With256Bits extends MatricesContract {
        @Override
        protected Matrices matrices() {
            return new VectorKernels(Width.BITS_256).matrices();
        }
    }

    @Nested
    class With128Bits extends MatricesContract {
        @Override
        protected Matrices matrices() {
            return new VectorKernels(Width.BITS_128).matrices();
        }
    }
}
