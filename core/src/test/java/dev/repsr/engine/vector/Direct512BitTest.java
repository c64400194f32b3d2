package dev.repsr.engine.vector;

class Direct512BitTest extends DirectEngineContract {
    Direct512BitTest() {
        super(VectorWidth.BITS_512);
    }
}
