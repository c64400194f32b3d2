package dev.repsr.bench;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;

/** A network as an ONNX model (IR 8, opset 17) of one picture size: input "input" [1, 3, height, width], output "output". */
final class OnnxNetwork {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;

    private final Network network;
    private final ProtobufWriter graph = new ProtobufWriter();
    private String last = INPUT;

    private OnnxNetwork(Network network) {
        this.network = network;
    }

    /** The bytes of the model file. */
    static byte[] bytes(Network network, int width, int height) {
        return new OnnxNetwork(network).model(width, height);
    }

    private byte[] model(int width, int height) {
        int scale = network.scale();
        for (int i = 0; i < network.layers().size(); i++) {
            String output = i == network.layers().size() - 1 ? OUTPUT : "map" + i;
            add(network.layers().get(i), output);
            last = output;
        }
        graph.string(2, "network");
        graph.message(11, value(INPUT, height, width));
        graph.message(12, value(OUTPUT, height * scale, width * scale));
        ProtobufWriter opset = new ProtobufWriter().string(1, "").integer(2, 17);
        return new ProtobufWriter()
                .integer(1, 8)
                .string(2, "repsr")
                .message(7, graph)
                .message(8, opset)
                .toByteArray();
    }

    private void add(Layer layer, String output) {
        switch (layer) {
            case Conv3x3 conv -> {
                Tensor weight = network.weights().get(conv.name() + ".weight");
                Tensor bias = network.weights().get(conv.name() + ".bias");
                initializer(output + ".weight", weight.toArray(), conv.out(), conv.in(), 3, 3);
                initializer(output + ".bias", bias.toArray(), conv.out());
                graph.message(
                        1,
                        node("Conv", output, last, output + ".weight", output + ".bias")
                                .message(5, integers("kernel_shape", 3, 3))
                                .message(5, integers("pads", 1, 1, 1, 1)));
            }
            case PRelu relu -> {
                Tensor slope = network.weights().get(relu.name() + ".weight");
                initializer(output + ".slope", slope.toArray(), relu.channels(), 1, 1);
                graph.message(1, node("PRelu", output, last, output + ".slope"));
            }
            case PixelShuffle shuffle ->
                graph.message(
                        1,
                        node("DepthToSpace", output, last)
                                .message(5, integer("blocksize", shuffle.scale()))
                                .message(5, string("mode", "CRD")));
            case AddNearest skip -> {
                initializer(output + ".scales", new float[] {1, 1, skip.scale(), skip.scale()}, 4);
                graph.message(
                        1,
                        node("Resize", output + ".nearest", INPUT, "", output + ".scales")
                                .message(5, string("mode", "nearest"))
                                .message(5, string("nearest_mode", "floor"))
                                .message(5, string("coordinate_transformation_mode", "asymmetric")));
                graph.message(1, node("Add", output, last, output + ".nearest"));
            }
        }
    }

    private void initializer(String name, float[] values, int... shape) {
        ProtobufWriter tensor = new ProtobufWriter();
        for (int side : shape) {
            tensor.integer(1, side);
        }
        graph.message(5, tensor.integer(2, FLOAT).string(8, name).floats(9, values));
    }

    private static ProtobufWriter node(String operator, String output, String... inputs) {
        ProtobufWriter node = new ProtobufWriter();
        for (String input : inputs) {
            node.string(1, input);
        }
        return node.string(2, output).string(3, output).string(4, operator);
    }

    private static ProtobufWriter integer(String name, long value) {
        return new ProtobufWriter().string(1, name).integer(3, value).integer(20, ATTRIBUTE_INT);
    }

    private static ProtobufWriter string(String name, String value) {
        return new ProtobufWriter().string(1, name).string(4, value).integer(20, ATTRIBUTE_STRING);
    }

    private static ProtobufWriter integers(String name, long... values) {
        ProtobufWriter attribute = new ProtobufWriter().string(1, name);
        for (long value : values) {
            attribute.integer(8, value);
        }
        return attribute.integer(20, ATTRIBUTE_INTS);
    }

    private static ProtobufWriter value(String name, int height, int width) {
        ProtobufWriter shape = new ProtobufWriter();
        for (int side : new int[] {1, 3, height, width}) {
            shape.message(1, new ProtobufWriter().integer(1, side));
        }
        ProtobufWriter tensor = new ProtobufWriter().integer(1, FLOAT).message(2, shape);
        return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor));
    }
}
