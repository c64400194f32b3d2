package dev.repsr.engine.vector;

class Winograd128BitTest extends VectorEngineContract {
    Winograd128BitTest() {
        super(VectorWidth.BITS_128, "winograd");
    }
}
