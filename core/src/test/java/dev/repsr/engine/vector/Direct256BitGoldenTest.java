package dev.repsr.engine.vector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repsr.engine.Engine;
import dev.repsr.engine.GoldenContract;

class Direct256BitGoldenTest extends GoldenContract {
    @Override
    protected Engine engine() {
        assumeTrue(VectorWidth.available().contains(VectorWidth.BITS_256), "256-bit vectors are not compiled here");
        return VectorWidthsTest.engine(VectorWidth.BITS_256, "direct");
    }
}
