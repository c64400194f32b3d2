package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineSpeedTest {

    @Test
    void noticesAKernelThatIsNotCompiled() {
        assertThat(speed("winograd", 3, 200).fallenOutOfCompiledCode()).isTrue();
        assertThat(speed("winograd", 150, 200).fallenOutOfCompiledCode()).isFalse();
        assertThat(speed("direct", 3, 200).fallenOutOfCompiledCode()).isTrue();
        assertThat(speed("scalar", 3, 200).fallenOutOfCompiledCode()).isFalse();
        assertThat(speed("scalar", 3, 0).fallenOutOfCompiledCode()).isFalse();
    }

    /** Far below the figures of docs/results/speed.md: only code that is not compiled is as slow as this. */
    @Test
    void runsAsCompiledCodeOnceItIsWarm() throws Exception {
        for (Engine engine : Engines.available()) {
            PreparedNetwork network = engine.prepare(Networks.random(4, 32, 2, 1));
            EngineSpeed speed = EngineSpeed.measure(network, 128, 96, 1, Long.MAX_VALUE);
            assertThat(speed.engine()).isEqualTo(engine.name());
            assertThat(speed.fallenOutOfCompiledCode()).as("%s", speed).isFalse();
        }
    }

    private static EngineSpeed speed(String engine, double gflops, double peak) {
        return new EngineSpeed(engine, 64, 64, 1, 1, gflops, peak);
    }
}
