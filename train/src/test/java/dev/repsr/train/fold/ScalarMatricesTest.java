package dev.repsr.train.fold;

class ScalarMatricesTest extends MatricesContract {
    @Override
    protected Matrices matrices() {
        return new ScalarMatrices();
    }
}
