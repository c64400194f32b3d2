package dev.repsr.engine.vector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repsr.engine.Engine;
import dev.repsr.engine.GoldenContract;

class Winograd512BitGoldenTest extends GoldenContract {
    @Override
    protected Engine engine() {
        assumeTrue(VectorWidth.available().contains(VectorWidth.BITS_512), "512-bit vectors are not compiled here");
        return VectorWidthsTest.engine(VectorWidth.BITS_512, "winograd");
    }
}
