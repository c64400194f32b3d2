package dev.repsr.engine;

class ScalarEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new ScalarEngine();
    }
}
