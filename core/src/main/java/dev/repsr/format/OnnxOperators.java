package dev.repsr.format;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Translates ONNX operators; of every operator set those forms are read that mean a layer of this family. */
final class OnnxOperators {
    /** From this set on, slopes are broadcast from the right, so that one a channel has the sides [C, 1, 1]. */
    private static final int BROADCAST_OPSET = 7;

    /** From this set on, Resize says where it samples; before, it is as Upsample. */
    private static final int COORDINATES_OPSET = 11;

    private static final float DEFAULT_LEAK = 0.01f;
    private static final List<Long> ONES = List.of(1L, 1L);
    private static final List<Long> KERNEL = List.of(3L, 3L);
    private static final List<Long> PADDING = List.of(1L, 1L, 1L, 1L);
    private static final Set<String> SAME_PADDING = Set.of("SAME_UPPER", "SAME_LOWER");

    /** For whole scales these all take the pixel that an output pixel lies in. */
    private static final Set<String> CENTRED = Set.of("half_pixel", "pytorch_half_pixel", "half_pixel_symmetric");

    private static final Set<String> ROUNDED = Set.of("round_prefer_floor", "round_prefer_ceil");

    private final Origin origin;
    private final OnnxGraph graph;
    private Precision precision = Precision.FLOAT64;

    OnnxOperators(Origin origin, OnnxGraph graph) {
        this.origin = origin;
        this.graph = graph;
    }

    /** Coarsest of the weights that were read. */
    Precision precision() {
        return precision;
    }

    /** All operators of the graph. */
    List<GraphOp> translate() throws ModelRefused {
        List<GraphOp> ops = new ArrayList<>();
        for (OnnxNode node : graph.nodes()) {
            ops.add(translate(node));
        }
        return ops;
    }

    private GraphOp translate(OnnxNode node) throws ModelRefused {
        String label = node.label();
        String in = node.input(0);
        String out = node.outputs().getFirst();
        return switch (node.operator()) {
            case "Conv" -> conv(node);
            case "PRelu" -> new GraphOp.Slopes(label, in, out, slopes(node));
            case "LeakyRelu" ->
                new GraphOp.Slopes(label, in, out, Tensor.of(new float[] {node.real("alpha", DEFAULT_LEAK)}, 1));
            case "Relu" -> new GraphOp.Slopes(label, in, out, Tensor.zeros(1));
            case "DepthToSpace" -> shuffle(node);
            case "Resize", "Upsample" -> nearest(node);
            case "Add" -> new GraphOp.Sum(label, in, node.input(1), out);
            case "Identity" -> new GraphOp.Same(label, in, out);
            case "Cast" -> cast(node);
            default -> throw origin.foreign("layer " + label + " is of another kind");
        };
    }

    private Tensor weights(OnnxNode node, int index) throws ModelRefused {
        OnnxTensor tensor = graph.tensors().get(node.input(index));
        if (tensor == null) {
            throw origin.foreign("layer " + node.label() + " computes its weights");
        }
        precision = precision.coarser(tensor.precision(origin));
        return tensor.values(origin);
    }

    private GraphOp conv(OnnxNode node) throws ModelRefused {
        Tensor weight = weights(node, 1);
        if (weight.shape().size() != 4) {
            throw origin.foreign("layer " + node.label() + " has a kernel of "
                    + weight.shape().size() + " sides");
        }
        List<Long> kernel = List.of((long) weight.side(2), (long) weight.side(3));
        if (!kernel.equals(KERNEL) || !node.numbers("kernel_shape", KERNEL).equals(KERNEL)) {
            throw origin.foreign("layer " + node.label() + " has a " + kernel.get(0) + "x" + kernel.get(1) + " kernel");
        }
        boolean padded = SAME_PADDING.contains(node.text("auto_pad", "NOTSET"))
                || node.numbers("pads", List.of()).equals(PADDING);
        if (!padded
                || node.number("group", 1) != 1
                || !node.numbers("strides", ONES).equals(ONES)
                || !node.numbers("dilations", ONES).equals(ONES)) {
            throw origin.foreign("layer " + node.label() + " has strides, groups, dilations or no padding by 1");
        }
        Tensor bias = node.input(2).isEmpty() ? Tensor.zeros(weight.side(0)) : weights(node, 2);
        return new GraphOp.Conv(node.label(), node.input(0), node.outputs().getFirst(), weight, bias);
    }

    private Tensor slopes(OnnxNode node) throws ModelRefused {
        Tensor slopes = weights(node, 1);
        List<Integer> shape = slopes.shape();
        int sides = shape.size();
        boolean eachChannel = graph.opset() < BROADCAST_OPSET
                ? sides == 1
                : sides >= 3 && sides <= 4 && slopes.size() == slopes.side(sides - 3);
        if (slopes.size() != 1 && !eachChannel) {
            throw origin.foreign("layer " + node.label() + " has slopes of shape " + shape + ", not one a channel");
        }
        return Tensor.of(slopes.toArray(), slopes.size());
    }

    private GraphOp shuffle(OnnxNode node) throws ModelRefused {
        String mode = node.text("mode", "DCR");
        if (!mode.equals("DCR") && !mode.equals("CRD")) {
            throw origin.foreign("layer " + node.label() + " has the mode " + mode);
        }
        long scale = node.number("blocksize", 0);
        if (scale < 1 || scale > Network.MAX_SCALE) {
            throw origin.foreign("layer " + node.label() + " enlarges " + scale + " times");
        }
        return new GraphOp.Shuffle(
                node.label(), node.input(0), node.outputs().getFirst(), (int) scale, mode.equals("DCR"));
    }

    private GraphOp nearest(OnnxNode node) throws ModelRefused {
        boolean resize = node.operator().equals("Resize") && graph.opset() >= COORDINATES_OPSET;
        String coordinates = node.text("coordinate_transformation_mode", resize ? "half_pixel" : "asymmetric");
        String rounding = node.text("nearest_mode", resize ? "round_prefer_floor" : "floor");
        boolean sampled = (coordinates.equals("asymmetric") && rounding.equals("floor"))
                || (CENTRED.contains(coordinates) && ROUNDED.contains(rounding));
        String mode = node.text("mode", "nearest");
        if (!mode.equals("nearest") || !sampled) {
            throw origin.foreign("layer " + node.label() + " resizes by " + mode + " (" + coordinates + ", " + rounding
                    + "), where nearest-neighbour enlargement is expected");
        }
        List<Double> scales = scales(node, resize ? 2 : 1);
        double scale = scales.size() == 4 ? scales.get(3) : 0;
        if (scale < 1
                || scale > Network.MAX_SCALE
                || scale != Math.rint(scale)
                || !scales.equals(List.of(1.0, 1.0, scale, scale))) {
            throw origin.foreign("layer " + node.label() + " enlarges by " + scales);
        }
        return new GraphOp.Nearest(node.label(), node.input(0), node.outputs().getFirst(), (int) scale);
    }

    private List<Double> scales(OnnxNode node, int index) throws ModelRefused {
        OnnxNode.Attribute attribute = node.attributes().get("scales");
        if (attribute != null) {
            return attribute.reals().stream().map(Float::doubleValue).toList();
        }
        OnnxTensor tensor = graph.tensors().get(node.input(index));
        if (tensor == null) {
            throw origin.foreign("layer " + node.label() + " computes its scale, where a constant is expected; export"
                    + " the network with a fixed scale");
        }
        return tensor.numbers(origin);
    }

    /** Between kinds of real number; what a half loses is less than what its weights lost. */
    private GraphOp cast(OnnxNode node) throws ModelRefused {
        long type = node.number("to", 0);
        if (type != OnnxTensor.FLOAT && type != OnnxTensor.FLOAT16) {
            throw origin.foreign("layer " + node.label() + " makes numbers of type " + type);
        }
        return new GraphOp.Same(node.label(), node.input(0), node.outputs().getFirst());
    }
}
