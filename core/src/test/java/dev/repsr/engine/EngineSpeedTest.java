package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.network.Network;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** However much work the network is said to be: what decides is how long a picture takes. */
    @Test
    void theEstimateIsTakenOnAPictureWhereEdgesHardlyCount() throws Exception {
        RowNetwork tiny =
                new ScalarEngine().prepare(Networks.random(0, 1, 1, 1)).forPicture(64, 64);
        AtomicInteger widest = new AtomicInteger();
        RowNetwork heavy = new Recorded(tiny, Networks.random(16, 64, 1, 1), widest);

        assertThat(EngineSpeed.secondsPerMegapixel(heavy, 1, Long.MAX_VALUE)).isPositive();
        assertThat(widest).hasValueGreaterThan(200);
    }

    /** Runs one network, passes for another, and knows the widest picture that it was run on. */
    private static final class Recorded extends ForwardingNetwork {
        private final Network network;
        private final AtomicInteger widest;

        Recorded(RowNetwork rows, Network network, AtomicInteger widest) {
            super(rows);
            this.network = network;
            this.widest = widest;
        }

        @Override
        public Network network() {
            return network;
        }

        @Override
        public void load(float[] rgb, int first, int width, float[] row) {
            widest.accumulateAndGet(width, Math::max);
            super.load(rgb, first, width, row);
        }
    }

    private static EngineSpeed speed(String engine, double gflops, double peak) {
        return new EngineSpeed(engine, 64, 64, 1, 1, gflops, peak);
    }
}
