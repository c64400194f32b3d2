package dev.repsr.format;

import dev.repsr.format.GraphOp.Conv;
import dev.repsr.format.GraphOp.Nearest;
import dev.repsr.format.GraphOp.Same;
import dev.repsr.format.GraphOp.Shuffle;
import dev.repsr.format.GraphOp.Slopes;
import dev.repsr.format.GraphOp.Sum;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognises the compact network in a graph of operators, by walking from the output back to the input. */
final class CompactGraph {
    private static final int RGB = 3;

    private final Origin origin;
    private final String input;
    private final Map<String, GraphOp> producers = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private CompactGraph(Origin origin, String input, List<GraphOp> ops) throws ModelRefused {
        this.origin = origin;
        this.input = input;
        for (GraphOp op : ops) {
            if (op.output().equals(input) || producers.put(op.output(), op) != null) {
                throw origin.damaged("a damaged file: layer " + op.name() + " makes a blob that is made already");
            }
        }
    }

    /**
     * The network between two blobs.
     *
     * @throws ModelRefused if it is another network, or no network at all; names the layer
     */
    static Network network(Origin origin, List<GraphOp> ops, String input, String output) throws ModelRefused {
        CompactGraph graph = new CompactGraph(origin, input, ops);
        Network network = graph.network(output);
        for (GraphOp op : ops) {
            if (!(op instanceof Same) && !graph.taken.contains(op.output())) {
                throw origin.foreign("layer " + op.name() + " takes no part in the result");
            }
        }
        return network;
    }

    private Network network(String output) throws ModelRefused {
        GraphOp end = take(output);
        if (!(end instanceof Sum sum)) {
            throw origin.foreign("layer " + end.name() + " is the last one, where the skip is to be added");
        }
        GraphOp left = take(sum.left());
        GraphOp right = take(sum.right());
        Shuffle shuffle = shuffle(sum, left, right);
        Nearest nearest = nearest(sum, left, right);
        if (!source(nearest.input()).equals(input)) {
            throw origin.foreign("layer " + nearest.name() + " enlarges something else than the input");
        }
        if (nearest.scale() != shuffle.scale()) {
            throw origin.foreign("layer " + nearest.name() + " enlarges " + nearest.scale()
                    + " times, the pixel shuffle " + shuffle.scale() + " times");
        }
        return origin.compact(weights(stack(shuffle.input()), shuffle));
    }

    private Shuffle shuffle(Sum sum, GraphOp left, GraphOp right) throws ModelRefused {
        if (left instanceof Shuffle shuffle) {
            return shuffle;
        }
        if (right instanceof Shuffle shuffle) {
            return shuffle;
        }
        throw origin.foreign("layer " + sum.name() + " adds no pixel shuffle");
    }

    private Nearest nearest(Sum sum, GraphOp left, GraphOp right) throws ModelRefused {
        if (left instanceof Nearest nearest) {
            return nearest;
        }
        if (right instanceof Nearest nearest) {
            return nearest;
        }
        throw origin.foreign("layer " + sum.name() + " adds no nearest-neighbour enlargement of the input");
    }

    /** The blob behind other names of it. */
    private String source(String blob) throws ModelRefused {
        String current = blob;
        for (int i = 0; i <= producers.size(); i++) {
            if (!(producers.get(current) instanceof Same same)) {
                return current;
            }
            current = same.input();
        }
        throw origin.damaged("a damaged file: blob " + blob + " is made from itself");
    }

    private GraphOp take(String blob) throws ModelRefused {
        String source = source(blob);
        GraphOp op = producers.get(source);
        if (op == null) {
            throw source.equals(input)
                    ? origin.foreign("the input is used where a layer's result is expected")
                    : origin.damaged("a damaged file: no layer makes the blob " + source);
        }
        if (!taken.add(op.output())) {
            throw origin.foreign("layer " + op.name() + " is used in two places");
        }
        return op;
    }

    /** Convolutions and slopes between the input and {@code blob}, first to last. */
    private Deque<GraphOp> stack(String blob) throws ModelRefused {
        Deque<GraphOp> stack = new ArrayDeque<>();
        String current = source(blob);
        while (!current.equals(input)) {
            GraphOp op = take(current);
            boolean convolution = stack.size() % 2 == 0;
            if (convolution ? !(op instanceof Conv) : !(op instanceof Slopes)) {
                throw origin.foreign("layer " + op.name() + " stands where "
                        + (convolution ? "a 3x3 convolution" : "a PReLU") + " is expected");
            }
            stack.push(op);
            current = source(op.inputs().getFirst());
        }
        return stack;
    }

    private Weights weights(Deque<GraphOp> stack, Shuffle shuffle) throws ModelRefused {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int channels = RGB;
        int index = 0;
        for (GraphOp op : stack) {
            String name = "body." + index++;
            if (op instanceof Conv conv) {
                if (conv.weight().side(1) != channels) {
                    throw origin.foreign("layer " + conv.name() + " takes "
                            + conv.weight().side(1) + " channels, where there are " + channels);
                }
                boolean reorder = index == stack.size() && shuffle.depthFirst();
                channels = conv.weight().side(0);
                tensors.put(name + ".weight", reorder ? reordered(conv.weight(), shuffle) : conv.weight());
                tensors.put(name + ".bias", reorder ? reordered(conv.bias(), shuffle) : conv.bias());
            } else if (op instanceof Slopes slopes) {
                if (slopes.slopes().size() != 1 && slopes.slopes().size() != channels) {
                    throw origin.foreign("layer " + slopes.name() + " has "
                            + slopes.slopes().size() + " slopes for " + channels + " channels");
                }
                tensors.put(name + ".weight", StateDict.eachChannel(slopes.slopes(), channels));
            }
        }
        if (channels != RGB * shuffle.scale() * shuffle.scale()) {
            throw origin.foreign("layer " + shuffle.name() + " enlarges " + shuffle.scale() + " times and gets "
                    + channels + " channels, which is no RGB picture");
        }
        return new Weights(tensors);
    }

    /** The same function with the output channels in the order c*s*s + k instead of k*3 + c. */
    private static Tensor reordered(Tensor tensor, Shuffle shuffle) {
        int square = shuffle.scale() * shuffle.scale();
        if (tensor.side(0) != RGB * square) {
            return tensor;
        }
        float[] values = tensor.toArray();
        float[] reordered = new float[values.length];
        int length = values.length / tensor.side(0);
        for (int c = 0; c < RGB; c++) {
            for (int k = 0; k < square; k++) {
                System.arraycopy(values, (k * RGB + c) * length, reordered, (c * square + k) * length, length);
            }
        }
        return Tensor.of(
                reordered, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }
}
