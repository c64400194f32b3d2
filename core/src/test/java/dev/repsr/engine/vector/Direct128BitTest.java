package dev.repsr.engine.vector;

class Direct128BitTest extends VectorEngineContract {
    Direct128BitTest() {
        super(VectorWidth.BITS_128, "direct");
    }
}
