package dev.repsr.engine.vector;

class Direct256BitTest extends DirectEngineContract {
    Direct256BitTest() {
        super(VectorWidth.BITS_256);
    }
}
