package dev.repsr.engine;

class ScalarGoldenTest extends GoldenContract {
    @Override
    protected Engine engine() {
        return new ScalarEngine();
    }
}
