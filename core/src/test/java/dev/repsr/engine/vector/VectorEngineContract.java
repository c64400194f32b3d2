package dev.repsr.engine.vector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repsr.engine.Engine;
import dev.repsr.engine.EngineContract;
import org.junit.jupiter.api.BeforeEach;

/** An engine in one vector width; skipped where this JVM has not that width. */
abstract class VectorEngineContract extends EngineContract {
    private final VectorWidth width;
    private final String name;

    VectorEngineContract(VectorWidth width, String name) {
        this.width = width;
        this.name = name;
    }

    @BeforeEach
    void needsTheWidth() {
        assumeTrue(VectorWidth.available().contains(width), width.bits() + "-bit vectors are not compiled here");
    }

    @Override
    protected Engine engine() {
        return VectorWidthsTest.engine(width, name);
    }

    @Override
    protected int period() {
        return name.equals("winograd") ? WinogradConv.TILE : 1;
    }
}
