package dev.repsr.engine.vector;

class Direct512BitTest extends VectorEngineContract {
    Direct512BitTest() {
        super(VectorWidth.BITS_512, "direct");
    }
}
