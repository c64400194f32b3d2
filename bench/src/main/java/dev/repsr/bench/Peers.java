package dev.repsr.bench;

import dev.repsr.engine.Engines;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.List;

/** The peers by the names that the command line knows. */
final class Peers {
    /** Our engines. */
    static final List<String> OURS = List.of("winograd", "direct", "scalar");

    /** The other runtimes. */
    static final List<String> OTHERS = List.of("onnx", "torch", "opencv", "onednn");

    private Peers() {}

    /**
     * Makes a peer ready.
     *
     * @param name of {@link #OURS} or {@link #OTHERS}
     * @param picture interleaved RGB
     */
    static Peer open(String name, Network network, float[] picture, int width, int threads) throws IOException {
        return switch (name) {
            case "onnx" -> new OnnxRuntime(network, picture, width, threads);
            case "torch" -> new LibTorch(network, picture, width, threads);
            case "opencv" -> new OpenCvDnn(network, picture, width, threads);
            case "onednn" -> new OneDnn(network, picture, width, threads);
            default -> new OurEngine(Engines.choose(name), network, picture, width, threads);
        };
    }
}
