package dev.repsr.engine.vector;

class Winograd256BitTest extends VectorEngineContract {
    Winograd256BitTest() {
        super(VectorWidth.BITS_256, "winograd");
    }
}
