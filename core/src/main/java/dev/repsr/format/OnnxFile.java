package dev.repsr.format;

import dev.repsr.network.Network;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * ONNX files: one graph of operators with its tensors inside. Read are the graphs that mean a compact network, in any
 * operator set that has the operators; a file whose tensors lie elsewhere ("external data") is refused.
 *
 * <p>A file that this class writes has IR version 8 and operator set 17, the input {@value #INPUT} and the output {@value
 * #OUTPUT} [N, 3, H, W] with N, H and W free, and the metadata as its properties.
 */
public final class OnnxFile {
    /** Name of the input in files that are written. */
    public static final String INPUT = "input";

    /** Name of the output in files that are written. */
    public static final String OUTPUT = "output";

    private OnnxFile() {}

    /**
     * Reads a model.
     *
     * @param name of the file
     * @throws ModelRefused if it is damaged or another network
     */
    static OpenedModel read(byte[] file, String name) throws ModelRefused {
        Origin origin = new Origin(name);
        OnnxGraph graph = OnnxGraph.read(origin, new Section(origin, "its protobuf", ByteBuffer.wrap(file)));
        OnnxOperators operators = new OnnxOperators(origin, graph);
        Network network = CompactGraph.network(origin, operators.translate(), graph.input(), graph.output());
        String modelName = graph.metadata().getOrDefault(ModelFile.NAME, ModelFormat.stem(name));
        return new OpenedModel(
                new Model(modelName, network, graph.metadata()), ModelFormat.ONNX, operators.precision());
    }

    /**
     * The bytes of a file for pictures of any size.
     *
     * @param precision of the weights, the input and the output: float32 or float16
     */
    public static byte[] bytes(Model model, Precision precision) {
        return new OnnxWriter(model.network(), precision, null).bytes(ModelFile.described(model));
    }

    /** The bytes of a float32 file for one picture of one size, for runtimes that plan ahead. */
    public static byte[] bytes(Network network, int width, int height) {
        return new OnnxWriter(network, Precision.FLOAT32, new OnnxWriter.PictureSize(width, height)).bytes(Map.of());
    }
}
