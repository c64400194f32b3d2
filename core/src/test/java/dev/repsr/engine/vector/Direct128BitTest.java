package dev.repsr.engine.vector;

class Direct128BitTest extends DirectEngineContract {
    Direct128BitTest() {
        super(VectorWidth.BITS_128);
    }
}
