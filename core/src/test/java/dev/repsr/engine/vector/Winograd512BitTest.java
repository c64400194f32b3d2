package dev.repsr.engine.vector;

class Winograd512BitTest extends VectorEngineContract {
    Winograd512BitTest() {
        super(VectorWidth.BITS_512, "winograd");
    }
}
