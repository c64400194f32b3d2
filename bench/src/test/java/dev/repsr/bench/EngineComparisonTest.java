package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.bench.Measured.Row;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineComparisonTest {

    @Test
    void differenceIsRelativeToLargeValuesAndInfiniteForNaN() {
        assertThat(EngineComparison.difference(new float[] {0.5f, 110}, new float[] {0.25f, 100}))
                .isEqualTo(0.25);
        assertThat(EngineComparison.difference(new float[] {Float.NaN, 1}, new float[] {1, 1}))
                .isInfinite();
    }

    @Test
    void sectionTellsConditionsRowsAndGrowth() throws IOException {
        Network network = RandomNetworks.compact(4, 16, 4, 1);
        ComparisonArguments arguments = ComparisonArguments.parse("--size", "64x36", "--pairs", "5");
        var tables = new ComparisonTables(arguments, network, new TreeMap<>(Map.of("libtorch", "2.10.0")));
        Row one = new Row("repsr winograd", 12.34, 1, 400, 1.6, 3e-7);
        Row two = new Row("repsr winograd", 8, 1, 600, 1.2, Double.NaN);

        String section = tables.section(
                List.of(new Measured("M4C16", 1, 250, List.of(one)), new Measured("M4C16", 2, 500, List.of(two))));

        assertThat(section)
                .startsWith("## M4C16 x4, 64x36\n")
                .contains(
                        "33120 FLOP",
                        "5 rounds",
                        "`bench/run --nets m4c16 --size 64x36 --scale 4 --pairs 5 ",
                        "libtorch 2.10.0",
                        Machine.java())
                .contains("| repsr winograd | 12.3 | 1.00 | 400 | 160 % | 3.0e-07 |")
                .contains("| repsr winograd | 8.0 | 1.00 | 600 | 120 % | - |")
                .contains("FMA peak in the same rounds: 250 GFLOP/s")
                .contains("on 2 threads over that on 1: repsr winograd 0.75.");
    }

    @Test
    void processorModelIsReadFromTheSystemsFile() {
        assertThat(Machine.model(List.of("processor\t: 0", "model name\t: Fast CPU: 9", "model name\t: Other")))
                .isEqualTo("Fast CPU: 9");
        assertThat(Machine.model(List.of("Hardware : board"))).isEmpty();
    }

    /** The loop must run in vector registers; boxed vectors would be a hundred times slower than this bound. */
    @Test
    void peakIsThatOfVectors() throws InterruptedException {
        FmaPeak peak = new FmaPeak(1);
        double best = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            peak.run();
            best = Math.max(best, peak.flop() / (System.nanoTime() - start));
        }
        assertThat(best).isGreaterThan(FmaPeak.vectorBits() / 32.0);
    }
}
