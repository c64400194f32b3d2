package dev.repsr.format;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a network as an ONNX graph: Conv, PRelu, DepthToSpace, Resize and Add. */
final class OnnxWriter {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int RGB = 3;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;

    /** Sides of the pictures that a file is for. */
    record PictureSize(int width, int height) {}

    private final Network network;
    private final Precision precision;
    private final @Nullable PictureSize size;
    private final ProtobufWriter graph = new ProtobufWriter();
    private String last = OnnxFile.INPUT;

    /** @param size null for pictures of any size */
    OnnxWriter(Network network, Precision precision, @Nullable PictureSize size) {
        this.network = network;
        this.precision = precision;
        this.size = size;
    }

    byte[] bytes(Map<String, String> metadata) {
        for (int i = 0; i < network.layers().size(); i++) {
            String output = i == network.layers().size() - 1 ? OnnxFile.OUTPUT : "map" + i;
            add(network.layers().get(i), output);
            last = output;
        }
        graph.string(2, "network");
        graph.message(11, value(OnnxFile.INPUT, 1, ""));
        graph.message(12, value(OnnxFile.OUTPUT, network.scale(), "output_"));
        ProtobufWriter model = new ProtobufWriter()
                .integer(1, IR_VERSION)
                .string(2, "repsr")
                .message(7, graph)
                .message(8, new ProtobufWriter().string(1, "").integer(2, OPSET));
        metadata.forEach((key, text) ->
                model.message(14, new ProtobufWriter().string(1, key).string(2, text)));
        return model.toByteArray();
    }

    private void add(Layer layer, String output) {
        switch (layer) {
            case Conv3x3 conv -> {
                String weight = initializer(conv.name() + ".weight", conv.out(), conv.in(), 3, 3);
                String bias = initializer(conv.name() + ".bias", conv.out());
                graph.message(
                        1,
                        node("Conv", output, last, weight, bias)
                                .message(5, integers("kernel_shape", 3, 3))
                                .message(5, integers("pads", 1, 1, 1, 1)));
            }
            case PRelu relu ->
                graph.message(
                        1, node("PRelu", output, last, initializer(relu.name() + ".weight", relu.channels(), 1, 1)));
            case PixelShuffle shuffle ->
                graph.message(
                        1,
                        node("DepthToSpace", output, last)
                                .message(5, integer("blocksize", shuffle.scale()))
                                .message(5, string("mode", "CRD")));
            case AddNearest skip -> {
                tensor("scales", Precision.FLOAT32, new float[] {1, 1, skip.scale(), skip.scale()}, 4);
                graph.message(
                        1,
                        node("Resize", "nearest", OnnxFile.INPUT, "", "scales")
                                .message(5, string("mode", "nearest"))
                                .message(5, string("nearest_mode", "floor"))
                                .message(5, string("coordinate_transformation_mode", "asymmetric")));
                graph.message(1, node("Add", output, last, "nearest"));
            }
        }
    }

    /** The network's tensor of that name, with these sides; gives the name back. */
    private String initializer(String name, int... shape) {
        Tensor tensor = network.weights().get(name);
        tensor(name, precision, tensor.toArray(), shape);
        return name;
    }

    private void tensor(String name, Precision precision, float[] values, int... shape) {
        ProtobufWriter tensor = new ProtobufWriter();
        for (int side : shape) {
            tensor.integer(1, side);
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            precision.put(raw, value);
        }
        graph.message(5, tensor.integer(2, type(precision)).string(8, name).bytes(9, raw.array()));
    }

    private static int type(Precision precision) {
        return precision == Precision.FLOAT16 ? OnnxTensor.FLOAT16 : OnnxTensor.FLOAT;
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

    /** @param prefix of the names of sides that are free; the output's differ from the input's, since they are larger */
    private ProtobufWriter value(String name, int scale, String prefix) {
        ProtobufWriter shape = new ProtobufWriter();
        if (size == null) {
            shape.message(1, new ProtobufWriter().string(2, "batch"))
                    .message(1, new ProtobufWriter().integer(1, RGB))
                    .message(1, new ProtobufWriter().string(2, prefix + "height"))
                    .message(1, new ProtobufWriter().string(2, prefix + "width"));
        } else {
            for (int side : new int[] {1, RGB, size.height * scale, size.width * scale}) {
                shape.message(1, new ProtobufWriter().integer(1, side));
            }
        }
        ProtobufWriter tensor = new ProtobufWriter().integer(1, type(precision)).message(2, shape);
        return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor));
    }
}
