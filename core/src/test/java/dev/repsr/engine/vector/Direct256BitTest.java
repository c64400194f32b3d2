package dev.repsr.engine.vector;

class Direct256BitTest extends VectorEngineContract {
    Direct256BitTest() {
        super(VectorWidth.BITS_256, "direct");
    }
}
