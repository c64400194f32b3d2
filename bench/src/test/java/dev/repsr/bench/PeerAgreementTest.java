package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.Engines;
import dev.repsr.network.Network;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is timed must be the network: a runtime that leaves something out would win for nothing. */
class PeerAgreementTest {
    /** Sums of up to 576 float32 products in another order differ by about 1e-6 here. */
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest(name = "{0} on {5} threads: M{1}C{2} x{3}")
    @CsvSource({
        "onnx, 4, 16, 4, 40, 1",
        "onnx, 2, 24, 3, 37, 2",
        "torch, 4, 16, 4, 40, 1",
        "torch, 2, 24, 3, 37, 2",
        "opencv, 4, 16, 4, 40, 1",
        "opencv, 2, 24, 3, 37, 2",
        "onednn, 4, 16, 4, 40, 1",
        "onednn, 2, 24, 3, 37, 2",
        "onednn, 1, 64, 2, 21, 1"
    })
    void peersAgreeWithOurEngine(String peer, int body, int channels, int scale, int width, int threads)
            throws IOException {
        Network network = RandomNetworks.compact(body, channels, scale, 7);
        float[] picture = RandomNetworks.picture(width, 19, 8);
        float[] ours = new OurEngine(Engines.choose("scalar"), network, picture, width, threads).result();
        try (Peer other = Peers.open(peer, network, picture, width, threads)) {
            float[] first = other.result();
            other.run();
            assertThat(first).hasSameSizeAs(ours);
            assertThat(EngineComparison.difference(first, ours)).isLessThan(TOLERANCE);
            assertThat(other.result()).isEqualTo(first);
            assertThat(other.version()).matches("\\d+\\.\\d+.*");
        }
    }
}
