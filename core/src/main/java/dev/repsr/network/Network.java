package dev.repsr.network;

import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A super-resolution network in deploy form: RGB in 0..1 in, RGB {@code scale} times as large out (not clamped).
 *
 * <p>Built by {@link #compact}, it is the plain stack of the RepSR paper and of the field's "compact" architecture:
 * conv 3x3 + PReLU, M times conv 3x3 + PReLU, conv 3x3, pixel shuffle, plus the nearest-neighbour enlargement of the
 * input. Layer k of the stack owns the tensors {@code body.k.weight} and, for a convolution, {@code body.k.bias}.
 *
 * @param scale enlargement, 1 to 8
 * @param layers first to last; shapes compose
 * @param weights exactly the tensors that the layers name, all finite
 */
public record Network(int scale, List<Layer> layers, Weights weights) {

    /** Largest enlargement that a network may have. */
    public static final int MAX_SCALE = 8;

    private static final int RGB = 3;

    /**
     * Checks that the layers compose and that every tensor fits its layer.
     *
     * @throws IllegalArgumentException that names the offending layer or tensor
     */
    public Network {
        if (scale < 1 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale " + scale + " is not in 1 to " + MAX_SCALE);
        }
        layers = List.copyOf(layers);
        checkComposition(scale, layers);
        int used = 0;
        for (Layer layer : layers) {
            used += checkTensors(layer, weights);
        }
        if (used != weights.names().size()) {
            throw new IllegalArgumentException("the network uses " + used + " tensors but "
                    + weights.names().size() + " are given");
        }
    }

    /**
     * The compact network with {@code body} inner convolutions of {@code channels} channels.
     *
     * @throws IllegalArgumentException if a tensor is missing, superfluous, of another shape or not finite
     */
    public static Network compact(int body, int channels, int scale, Weights weights) {
        return new Network(scale, compactLayers(body, channels, scale), weights);
    }

    /**
     * The compact network whose sizes are read from its tensors ({@code body.N.weight}, {@code body.N.bias}).
     *
     * @throws IllegalArgumentException if the tensors are not those of a compact RGB network
     */
    public static Network compact(Weights weights) {
        int last = 0;
        while (weights.has("body." + (last + 1) + ".weight")) {
            last++;
        }
        if (!weights.has("body.0.weight") || !weights.has("body.1.weight") || last < 2 || last % 2 != 0) {
            throw new IllegalArgumentException(
                    "not a compact network: body.0.weight (conv 3x3), body.1.weight (PReLU), ... are expected");
        }
        Tensor head = weights.get("body.0.weight");
        Tensor tail = weights.get("body." + last + ".bias");
        if (head.shape().size() != 4 || head.side(1) != RGB) {
            throw new IllegalArgumentException(
                    "layer body.0: a 3x3 convolution of an RGB picture is expected, found shape " + head.shape());
        }
        int scale = (int) Math.round(Math.sqrt(tail.size() / (double) RGB));
        if (scale < 1 || scale * scale * RGB != tail.size()) {
            throw new IllegalArgumentException(
                    "layer body." + last + ": " + tail.size() + " output channels are not 3 times a square");
        }
        return compact((last - 2) / 2, head.side(0), scale, weights);
    }

    /**
     * The network between this one and another: every weight, bias and slope is {@code (1 - share)} times this one's and {@code
     * share} times the other's, in double arithmetic. A share of 0 gives this network to the bit, 1 the other.
     *
     * @param share 0 to 1
     * @throws IllegalArgumentException if the share is out of range, or the layers are not the same
     */
    public Network mixedWith(Network other, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + " is not in 0 to 1");
        }
        if (!layers.equals(other.layers)) {
            throw new IllegalArgumentException(
                    "a network " + size() + " for scale " + scale + " cannot be mixed with one " + other.size()
                            + " for scale " + other.scale + ": their shapes must be the same");
        }
        if (share == 0 || share == 1) {
            return share == 0 ? this : other;
        }
        Map<String, Tensor> mixed = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> {
            Tensor second = other.weights.get(name);
            float[] values = new float[tensor.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((1 - share) * tensor.get(i) + share * second.get(i));
            }
            mixed.put(
                    name,
                    Tensor.of(
                            values,
                            tensor.shape().stream().mapToInt(Integer::intValue).toArray()));
        });
        return new Network(scale, layers, new Weights(mixed));
    }

    /** The layers of the compact network. */
    public static List<Layer> compactLayers(int body, int channels, int scale) {
        List<Layer> layers = new ArrayList<>();
        int index = 0;
        for (int i = 0; i <= body; i++) {
            layers.add(new Conv3x3("body." + index++, i == 0 ? RGB : channels, channels));
            layers.add(new PRelu("body." + index++, channels));
        }
        layers.add(new Conv3x3("body." + index, channels, RGB * scale * scale));
        layers.add(new PixelShuffle(scale));
        layers.add(new AddNearest(scale));
        return layers;
    }

    /** The convolutions, first to last. */
    public List<Conv3x3> convolutions() {
        return layers.stream()
                .filter(Conv3x3.class::isInstance)
                .map(Conv3x3.class::cast)
                .toList();
    }

    /** Number of convolutions between the first and the last one (M of "MxCy"). */
    public int bodyConvolutions() {
        return convolutions().size() - 2;
    }

    /** Output channels of the first convolution (y of "MxCy"). */
    public int channels() {
        return convolutions().getFirst().out();
    }

    /** Size as the field writes it, such as "M4C16". */
    public String size() {
        return "M" + bodyConvolutions() + "C" + channels();
    }

    /** Number of weights. */
    public long parameters() {
        return weights.size();
    }

    /** How many input pixels to each side an output pixel depends on: one per 3x3 convolution. */
    public int radius() {
        return convolutions().size();
    }

    /** Multiplications and additions of direct convolution per input pixel (2 FLOP per multiply-add). */
    public long flopPerPixel() {
        return convolutions().stream().mapToLong(c -> 2L * 9 * c.in() * c.out()).sum();
    }

    private static void checkComposition(int scale, List<Layer> layers) {
        int channels = RGB;
        int enlarged = 1;
        for (int i = 0; i < layers.size(); i++) {
            switch (layers.get(i)) {
                case Conv3x3 conv -> {
                    requireSame(i, conv, "input channels", conv.in(), channels);
                    requireSame(i, conv, "scale before a convolution", enlarged, 1);
                    channels = conv.out();
                }
                case PRelu relu -> requireSame(i, relu, "channels", relu.channels(), channels);
                case PixelShuffle shuffle -> {
                    int square = shuffle.scale() * shuffle.scale();
                    requireSame(i, shuffle, "channels modulo scale squared", channels % square, 0);
                    channels /= square;
                    enlarged *= shuffle.scale();
                }
                case AddNearest skip -> {
                    requireSame(i, skip, "scale", skip.scale(), enlarged);
                    requireSame(i, skip, "channels", channels, RGB);
                }
            }
        }
        if (channels != RGB || enlarged != scale) {
            throw new IllegalArgumentException("the layers end with " + channels + " channels at scale " + enlarged
                    + ", expected " + RGB + " at scale " + scale);
        }
    }

    private static void requireSame(int index, Layer layer, String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "layer " + index + " (" + layer + "): " + what + " is " + found + ", expected " + expected);
        }
    }

    private static int checkTensors(Layer layer, Weights weights) {
        return switch (layer) {
            case Conv3x3 conv -> {
                weights.get(conv.name() + ".weight", conv.out(), conv.in(), 3, 3);
                weights.get(conv.name() + ".bias", conv.out());
                yield 2;
            }
            case PRelu relu -> {
                weights.get(relu.name() + ".weight", relu.channels());
                yield 1;
            }
            case PixelShuffle shuffle -> 0;
            case AddNearest skip -> 0;
        };
    }
}
