package dev.repsr.format;

import dev.repsr.engine.Networks;
import dev.repsr.network.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX file of a small network (M0C2, scale 2) whose parts can be replaced one by one. */
final class OnnxSketch {
    /** The network of the unchanged sketch. */
    static final Network NETWORK = Networks.random(0, 2, 2, 3);

    private static final int FLOATS = 6;
    private static final int INTEGERS = 7;

    private final Map<String, ProtobufWriter> nodes = new LinkedHashMap<>();
    private final Map<String, ProtobufWriter> tensors = new LinkedHashMap<>();
    private final Map<Integer, ProtobufWriter> extra = new LinkedHashMap<>();
    private int opset = 17;
    private String input = "in";
    private String output = "out";

    OnnxSketch() {
        NETWORK.weights().tensors().forEach((name, tensor) -> {
            int[] dims = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
            tensor(name, name.equals("body.1.weight") ? new int[] {dims[0], 1, 1} : dims, tensor.toArray());
        });
        tensor("scales", new int[] {4}, 1, 1, 2, 2);
        node("conv0", "Conv", "a", "in", "body.0.weight", "body.0.bias").message(5, integers("pads", 1, 1, 1, 1));
        node("relu", "PRelu", "b", "a", "body.1.weight");
        node("conv1", "Conv", "c", "b", "body.2.weight", "body.2.bias").message(5, integers("pads", 1, 1, 1, 1));
        node("shuffle", "DepthToSpace", "d", "c")
                .message(5, integer("blocksize", 2))
                .message(5, string("mode", "CRD"));
        node("resize", "Resize", "e", "in", "", "scales")
                .message(5, string("coordinate_transformation_mode", "asymmetric"))
                .message(5, string("nearest_mode", "floor"));
        node("add", "Add", "out", "d", "e");
    }

    OnnxSketch opset(int version) {
        opset = version;
        return this;
    }

    OnnxSketch ends(String in, String out) {
        input = in;
        output = out;
        return this;
    }

    OnnxSketch without(String name) {
        nodes.remove(name);
        tensors.remove(name);
        return this;
    }

    /** Adds or replaces a node; attributes can be added to what is returned, as field 5. */
    ProtobufWriter node(String name, String operator, String output, String... inputs) {
        ProtobufWriter node = new ProtobufWriter();
        for (String blob : inputs) {
            node.string(1, blob);
        }
        node.string(2, output).string(3, name).string(4, operator);
        nodes.put(name, node);
        return node;
    }

    /** Adds or replaces a float32 tensor. */
    OnnxSketch tensor(String name, int[] dims, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        tensors.put(name, describe(name, dims, 1).bytes(9, raw.array()));
        return this;
    }

    /** Adds or replaces a tensor by its message. */
    OnnxSketch tensor(String name, ProtobufWriter message) {
        tensors.put(name, message);
        return this;
    }

    /** Name, sides and type of a tensor without numbers. */
    static ProtobufWriter describe(String name, int[] dims, int type) {
        ProtobufWriter tensor = new ProtobufWriter().string(8, name);
        for (int side : dims) {
            tensor.integer(1, side);
        }
        return tensor.integer(2, type);
    }

    /** A further field of the graph. */
    OnnxSketch with(int field, ProtobufWriter message) {
        extra.put(field, message);
        return this;
    }

    static ProtobufWriter integer(String name, long value) {
        return new ProtobufWriter().string(1, name).integer(3, value);
    }

    static ProtobufWriter string(String name, String value) {
        return new ProtobufWriter().string(1, name).string(4, value);
    }

    static ProtobufWriter integers(String name, long... values) {
        ProtobufWriter attribute = new ProtobufWriter().string(1, name);
        for (long value : values) {
            attribute.integer(8, value);
        }
        return attribute.integer(20, INTEGERS);
    }

    static ProtobufWriter real(String name, float value) {
        return new ProtobufWriter().string(1, name).real(2, value);
    }

    static ProtobufWriter floats(String name, float... values) {
        ByteBuffer packed = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        packed.asFloatBuffer().put(values);
        return new ProtobufWriter().string(1, name).bytes(7, packed.array()).integer(20, FLOATS);
    }

    ProtobufWriter graph() {
        ProtobufWriter graph = new ProtobufWriter();
        nodes.values().forEach(node -> graph.message(1, node));
        tensors.values().forEach(tensor -> graph.message(5, tensor));
        graph.message(11, new ProtobufWriter().string(1, input));
        graph.message(12, new ProtobufWriter().string(1, output));
        extra.forEach(graph::message);
        return graph;
    }

    byte[] bytes() {
        return new ProtobufWriter()
                .integer(1, 8)
                .message(7, graph())
                .message(8, new ProtobufWriter().integer(2, opset))
                .toByteArray();
    }

    /** The network that the file means. */
    Network read() throws ModelRefused {
        return OnnxFile.read(bytes(), "sketch.onnx").model().network();
    }
}
