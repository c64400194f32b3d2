package dev.repsr.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ModelProto, as far as it matters.
 *
 * @param opset version of the standard operators
 * @param input the one blob that comes from outside
 * @param output the one blob that is the result
 * @param tensors initialisers and constants, by blob
 * @param nodes all but the constants
 */
record OnnxGraph(
        long opset,
        String input,
        String output,
        Map<String, OnnxTensor> tensors,
        List<OnnxNode> nodes,
        Map<String, String> metadata) {

    private static final int MAX_NODES = 512;
    private static final int MAX_TENSORS = 1024;
    private static final int MIN_OPSET = 6;
    private static final int MAX_OPSET = 26;
    private static final String STANDARD = "ai.onnx";

    static OnnxGraph read(Origin origin, Section file) throws ModelRefused {
        ProtobufMessage model = new ProtobufMessage(file);
        long opset = 0;
        Body body = null;
        Map<String, String> metadata = new LinkedHashMap<>();
        while (model.next()) {
            switch (model.field()) {
                case 7 -> {
                    if (body != null) {
                        throw model.damaged("has two graphs");
                    }
                    body = new Body(origin, model.message("its graph"));
                }
                case 8 -> opset = Math.max(opset, opset(model.message("its operator set")));
                case 14 -> readProperty(model.message("its metadata"), metadata);
                case 25 -> throw origin.foreign("it defines functions of its own");
                default -> {}
            }
        }
        if (body == null) {
            throw origin.notAModel("not an ONNX file (it has no graph)");
        }
        if (opset < MIN_OPSET || opset > MAX_OPSET) {
            throw origin.unsupported(
                    "it needs operator set " + opset + "; " + MIN_OPSET + " to " + MAX_OPSET + " are read");
        }
        return body.graph(opset, metadata);
    }

    private static long opset(ProtobufMessage message) throws ModelRefused {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> domain = message.text();
                case 2 -> version = message.number();
                default -> {}
            }
        }
        return isStandard(domain) ? version : 0;
    }

    private static void readProperty(ProtobufMessage message, Map<String, String> metadata) throws ModelRefused {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> key = message.text();
                case 2 -> value = message.text();
                default -> {}
            }
        }
        metadata.put(key, value);
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals(STANDARD);
    }

    /** The graph while it is read. */
    private static final class Body {
        private final Origin origin;
        private final Map<String, OnnxTensor> tensors = new HashMap<>();
        private final List<OnnxNode> nodes = new ArrayList<>();
        private final List<String> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();

        Body(Origin origin, ProtobufMessage graph) throws ModelRefused {
            this.origin = origin;
            while (graph.next()) {
                switch (graph.field()) {
                    case 1 -> add(OnnxNode.read(origin, graph.message("a layer")));
                    case 5 -> {
                        OnnxTensor tensor = OnnxTensor.read(origin, graph.message("a tensor"));
                        add(tensor.name(), tensor);
                    }
                    case 11 -> inputs.add(blobName(graph.message("an input")));
                    case 12 -> outputs.add(blobName(graph.message("an output")));
                    case 15 -> throw origin.foreign("it has sparse tensors");
                    default -> {}
                }
                if (nodes.size() + outputs.size() > MAX_NODES || tensors.size() + inputs.size() > MAX_TENSORS) {
                    throw origin.foreign("it has more than " + MAX_NODES + " layers or " + MAX_TENSORS + " tensors");
                }
            }
        }

        private static String blobName(ProtobufMessage value) throws ModelRefused {
            String name = "";
            while (value.next()) {
                if (value.field() == 1) {
                    name = value.text();
                }
            }
            return name;
        }

        private void add(OnnxNode node) throws ModelRefused {
            if (!isStandard(node.domain())) {
                throw origin.foreign("layer " + node.label() + " is of the foreign operator set " + node.domain());
            }
            if (node.outputs().size() != 1) {
                throw origin.foreign(
                        "layer " + node.label() + " has " + node.outputs().size() + " outputs");
            }
            if (!node.operator().equals("Constant")) {
                nodes.add(node);
                return;
            }
            OnnxNode.Attribute value = node.attributes().get("value");
            @Nullable OnnxTensor tensor = value == null ? null : value.tensor();
            if (tensor == null) {
                throw origin.foreign("layer " + node.label() + " is no tensor");
            }
            add(node.outputs().getFirst(), tensor);
        }

        private void add(String blob, OnnxTensor tensor) throws ModelRefused {
            if (tensors.put(blob, tensor) != null) {
                throw origin.damaged("a damaged file: its tensor " + blob + " is there twice");
            }
        }

        /** Old files list the initialisers among the inputs. */
        OnnxGraph graph(long opset, Map<String, String> metadata) throws ModelRefused {
            inputs.removeIf(tensors::containsKey);
            if (inputs.size() != 1 || outputs.size() != 1) {
                throw origin.foreign("it has " + inputs.size() + " inputs and " + outputs.size()
                        + " outputs, where one picture goes in and one comes out");
            }
            return new OnnxGraph(opset, inputs.getFirst(), outputs.getFirst(), tensors, nodes, metadata);
        }
    }
}
