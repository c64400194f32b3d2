package dev.repsr.format;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ncnn's pair of files: a text of layers ({@code .param}) and their numbers ({@code .bin}), fp32 or fp16.
 *
 * <p>The numbers lie in the order of the layers: of a convolution a 32-bit tag, its weights [out][in][3][3] in the precision
 * that the tag says, padded to four bytes, then its biases; of a PReLU its slopes. Files that are written begin at the
 * blob "data" and end at the blob "output", as the field's programs expect, and hold no metadata, for which the format has no place.
 */
public final class NcnnFile {
    /** What the name of the file of numbers ends with. */
    public static final String NUMBERS_ENDING = ".bin";

    static final String MAGIC = "7767517";
    static final int FP16_TAG = 0x01306B47;
    private static final int FP32_TAG = 0;
    private static final int OTHER_FP32_TAG = 0x0002C056;

    private static final Set<String> WITH_NUMBERS = Set.of("Convolution", "PReLU");
    private static final int MAX_TEXT = 1 << 18;
    private static final int MAX_LAYERS = 512;
    private static final int SAME_UPPER = -233;
    private static final int SAME_LOWER = -234;
    private static final int NEAREST = 1;
    private static final int RELU = 1;
    private static final int LEAKY_RELU = 2;
    private static final int ACTIVATION_ARRAY = -23310;

    private final Origin origin;
    private final Section numbers;
    private final List<GraphOp> ops = new ArrayList<>();
    private final Set<String> blobs = new HashSet<>();
    private String input = "";
    private String last = "";
    private Precision precision = Precision.FLOAT32;

    private NcnnFile(Origin origin, byte[] numbers) {
        this.origin = origin;
        this.numbers = new Section(origin, "its file of numbers", ByteBuffer.wrap(numbers));
    }

    /**
     * Reads a model.
     *
     * @param text the file that ends with .param
     * @param numbers the file that ends with .bin
     * @param name of the text
     * @throws ModelRefused if they are damaged or another network
     */
    static OpenedModel read(byte[] text, byte[] numbers, String name) throws ModelRefused {
        Origin origin = new Origin(name);
        NcnnFile file = new NcnnFile(origin, numbers);
        List<String> lines = lines(origin, text);
        for (String line : lines.subList(2, lines.size())) {
            file.add(NcnnLayer.parse(origin, line));
        }
        String counts = lines.size() - 2 + " " + file.blobs.size();
        if (!counts.equals(lines.get(1).strip().replaceAll("[ \t]+", " "))) {
            throw origin.damaged(
                    "a damaged file: its second line is not " + counts + ", the layers and blobs that it has");
        }
        if (file.numbers.remaining() > 0) {
            throw file.numbers.damaged("has " + file.numbers.remaining() + " bytes too many");
        }
        Network network = CompactGraph.network(origin, file.ops, file.input, file.last);
        return new OpenedModel(new Model(ModelFormat.stem(name), network, Map.of()), ModelFormat.NCNN, file.precision);
    }

    /**
     * Refuses a text whose layers are no compact network, before its numbers are looked for.
     *
     * @param name of the text
     * @throws ModelRefused that names the layer
     */
    static void checkLayers(byte[] text, String name) throws ModelRefused {
        Origin origin = new Origin(name);
        NcnnFile file = new NcnnFile(origin, new byte[0]);
        List<String> lines = lines(origin, text);
        for (String line : lines.subList(2, lines.size())) {
            NcnnLayer layer = NcnnLayer.parse(origin, line);
            if (!WITH_NUMBERS.contains(layer.type())) {
                file.addOp(layer);
            }
        }
    }

    /** All lines that are not blank: first line, counts, layers. */
    private static List<String> lines(Origin origin, byte[] text) throws ModelRefused {
        if (text.length > MAX_TEXT) {
            throw origin.damaged("a text of " + text.length + " bytes, at most " + MAX_TEXT + " are read");
        }
        List<String> lines = new String(text, StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MAX_LAYERS + 3L)
                .toList();
        if (lines.isEmpty() || !lines.getFirst().strip().equals(MAGIC)) {
            throw origin.notAModel("not an ncnn text (its first line is not " + MAGIC + ")");
        }
        if (lines.size() < 3 || lines.size() > MAX_LAYERS + 2) {
            throw origin.damaged("a damaged file: it has " + Math.max(lines.size() - 2, 0) + " layers, 1 to "
                    + MAX_LAYERS + " are read");
        }
        return lines;
    }

    private void add(NcnnLayer layer) throws ModelRefused {
        addOp(layer);
        if (!blobs.containsAll(layer.inputs())) {
            throw origin.damaged(
                    "a damaged file: layer " + layer.label() + " reads a blob that no layer before it makes");
        }
        blobs.addAll(layer.outputs());
        last = layer.outputs().getLast();
    }

    private void addOp(NcnnLayer layer) throws ModelRefused {
        switch (layer.type()) {
            case "Input" -> addInput(layer);
            case "Split", "Noop" -> addSplit(layer);
            case "Convolution" -> addConvolution(layer);
            case "PReLU", "ReLU" -> ops.add(slopes(layer));
            case "PixelShuffle" -> ops.add(shuffle(layer));
            case "Interp" -> ops.add(nearest(layer));
            case "BinaryOp" -> ops.add(sum(layer));
            default -> throw origin.foreign("layer " + layer.label() + " is of another kind");
        }
    }

    private void addInput(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 0);
        if (!input.isEmpty()) {
            throw origin.foreign("layer " + layer.label() + " is a second input");
        }
        input = layer.outputs().getFirst();
    }

    private void addSplit(NcnnLayer layer) throws ModelRefused {
        if (layer.inputs().size() != 1 || layer.outputs().isEmpty()) {
            throw origin.foreign("layer " + layer.label() + " does not copy one blob");
        }
        for (String output : layer.outputs()) {
            ops.add(new GraphOp.Same(layer.label(), layer.inputs().getFirst(), output));
        }
    }

    private void requireBlobs(NcnnLayer layer, int inputs) throws ModelRefused {
        if (layer.inputs().size() != inputs || layer.outputs().size() != 1) {
            throw origin.foreign("layer " + layer.label() + " has "
                    + layer.inputs().size() + " inputs and " + layer.outputs().size() + " outputs");
        }
    }

    private void requireWhole(NcnnLayer layer, int expected, int otherwise, int... keys) throws ModelRefused {
        for (int key : keys) {
            int found = layer.whole(origin, key, otherwise);
            if (found != expected) {
                throw origin.foreign("layer " + layer.label() + " has the parameter " + key + "=" + found
                        + ", expected " + expected);
            }
        }
    }

    /** Parameters: 0 outputs, 1 and 11 kernel, 2 dilation, 3 stride, 4 and 14 to 16 padding, 5 bias, 6 weights, 9 activation. */
    private void addConvolution(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 1);
        layer.allow(origin, Set.of(0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 18, 19, ACTIVATION_ARRAY));
        int kernel = layer.whole(origin, 1, 0);
        int kernelHeight = layer.whole(origin, 11, kernel);
        if (kernel != 3 || kernelHeight != 3) {
            throw origin.foreign("layer " + layer.label() + " has a " + kernelHeight + "x" + kernel + " kernel");
        }
        requireWhole(layer, 1, 1, 2, 3, 12, 13);
        requireWhole(layer, 0, 0, 8, 18, 19);
        int padding = layer.whole(origin, 4, 0);
        if (padding != SAME_UPPER && padding != SAME_LOWER) {
            requireWhole(layer, 1, padding, 4, 14, 15, 16);
        }
        int out = layer.whole(origin, 0, 0);
        int count = layer.whole(origin, 6, 0);
        if (out < 1 || count < 1 || count % (9L * out) != 0) {
            throw origin.damaged(
                    "a damaged file: layer " + layer.label() + " has " + count + " weights for " + out + " outputs");
        }
        Tensor weight = Tensor.of(weights(count), out, count / (9 * out), 3, 3);
        Tensor bias = layer.whole(origin, 5, 0) == 0 ? Tensor.zeros(out) : Tensor.of(floats(out), out);
        addWithActivation(layer, weight, bias);
    }

    private void addWithActivation(NcnnLayer layer, Tensor weight, Tensor bias) throws ModelRefused {
        String in = layer.inputs().getFirst();
        String out = layer.outputs().getFirst();
        int activation = layer.whole(origin, 9, 0);
        if (activation == 0) {
            ops.add(new GraphOp.Conv(layer.label(), in, out, weight, bias));
            return;
        }
        float slope = switch (activation) {
            case RELU -> 0;
            case LEAKY_RELU -> leak(layer);
            default -> throw origin.foreign("layer " + layer.label() + " has the activation " + activation);
        };
        String between = out + " before its activation";
        ops.add(new GraphOp.Conv(layer.label(), in, between, weight, bias));
        ops.add(new GraphOp.Slopes(layer.label(), between, out, Tensor.of(new float[] {slope}, 1)));
    }

    private float leak(NcnnLayer layer) throws ModelRefused {
        String array = layer.parameters().getOrDefault(ACTIVATION_ARRAY, "");
        if (array.startsWith("1,")) {
            try {
                return Float.parseFloat(array.substring(2));
            } catch (NumberFormatException e) {
                throw origin.damaged("a damaged file: layer " + layer.label() + " has no slope");
            }
        }
        throw origin.foreign("layer " + layer.label() + " has no slope for its activation");
    }

    private GraphOp slopes(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 1);
        layer.allow(origin, Set.of(0));
        String in = layer.inputs().getFirst();
        String out = layer.outputs().getFirst();
        if (layer.type().equals("ReLU")) {
            float slope = (float) layer.real(origin, 0, 0);
            return new GraphOp.Slopes(layer.label(), in, out, Tensor.of(new float[] {slope}, 1));
        }
        int count = layer.whole(origin, 0, 0);
        return new GraphOp.Slopes(layer.label(), in, out, Tensor.of(floats(count), count));
    }

    private GraphOp shuffle(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 1);
        layer.allow(origin, Set.of(0, 1));
        int scale = layer.whole(origin, 0, 1);
        int mode = layer.whole(origin, 1, 0);
        if (scale < 1 || scale > Network.MAX_SCALE || mode < 0 || mode > 1) {
            throw origin.foreign("layer " + layer.label() + " enlarges " + scale + " times in mode " + mode);
        }
        return new GraphOp.Shuffle(
                layer.label(), layer.inputs().getFirst(), layer.outputs().getFirst(), scale, mode == 1);
    }

    private GraphOp nearest(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 1);
        layer.allow(origin, Set.of(0, 1, 2, 3, 4, 5, 6));
        int kind = layer.whole(origin, 0, 0);
        double scale = layer.real(origin, 1, 1);
        if (kind != NEAREST) {
            String word = kind == 2 ? "bilinear" : kind == 3 ? "bicubic" : "unknown (" + kind + ")";
            throw origin.foreign("layer " + layer.label() + " resizes by " + word + " interpolation, " + (float) scale
                    + " times, where nearest-neighbour enlargement is expected");
        }
        requireWhole(layer, 0, 0, 3, 4, 5, 6);
        if (scale != layer.real(origin, 2, 1) || scale < 1 || scale > Network.MAX_SCALE || scale != Math.rint(scale)) {
            throw origin.foreign("layer " + layer.label() + " enlarges " + (float) scale + " times");
        }
        return new GraphOp.Nearest(
                layer.label(), layer.inputs().getFirst(), layer.outputs().getFirst(), (int) scale);
    }

    private GraphOp sum(NcnnLayer layer) throws ModelRefused {
        requireBlobs(layer, 2);
        layer.allow(origin, Set.of(0, 1, 2));
        requireWhole(layer, 0, 0, 0, 1);
        return new GraphOp.Sum(
                layer.label(),
                layer.inputs().getFirst(),
                layer.inputs().getLast(),
                layer.outputs().getFirst());
    }

    private float[] weights(int count) throws ModelRefused {
        int tag = numbers.int32();
        if (tag == FP32_TAG || tag == OTHER_FP32_TAG) {
            return floats(count);
        }
        if (tag != FP16_TAG) {
            throw origin.unsupported("its weights are of the kind 0x" + Integer.toHexString(tag)
                    + " (quantised?); fp32 and fp16 are read");
        }
        precision = precision.coarser(Precision.FLOAT16);
        float[] values = Precision.FLOAT16.read(numbers.take(2L * count), count);
        numbers.take(numbers.position() % 4 == 0 ? 0 : 2);
        return values;
    }

    private float[] floats(int count) throws ModelRefused {
        return Precision.FLOAT32.read(numbers.take(4L * count), Math.max(count, 0));
    }
}
