package dev.repsr.block;

import dev.repsr.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network in training form: plain 3x3 head and tail, {@code body} blocks between them, a PReLU after each but the tail.
 *
 * <p>Tensors: {@code head.weight, head.bias, head.slope}; {@code block.N.} + the block's own, {@code block.N.slope};
 * {@code tail.weight, tail.bias}. These names are unlike the compact ones on purpose: no program takes a training form for
 * a plain network.
 *
 * @param scale enlargement
 * @param body number of blocks (M)
 * @param block the kind of all blocks
 * @param epsilon of batch normalisation
 * @param weights exactly the tensors of {@link #tensors}, all finite
 */
public record TrainingNetwork(int scale, int body, Block block, double epsilon, Weights weights) {

    private static final int RGB = 3;

    /**
     * Checks the tensors.
     *
     * @throws IllegalArgumentException that names the tensor which is missing, superfluous, misshapen or not finite
     */
    public TrainingNetwork {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon of batch normalisation is " + epsilon + ", expected above 0");
        }
        SequencedMap<String, int[]> expected = tensors(scale, body, block);
        expected.forEach(weights::get);
        for (String name : weights.names()) {
            if (!expected.containsKey(name)) {
                throw new IllegalArgumentException("tensor " + name + " does not belong to the network");
            }
        }
    }

    /** Shape of each tensor of such a network by name, in order. */
    public static SequencedMap<String, int[]> tensors(int scale, int body, Block block) {
        int channels = block.channels();
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("head.weight", new int[] {channels, RGB, 3, 3});
        shapes.put("head.bias", new int[] {channels});
        shapes.put("head.slope", new int[] {channels});
        for (int i = 0; i < body; i++) {
            String prefix = prefix(i);
            block.tensors().forEach((name, shape) -> shapes.put(prefix + name, shape));
            shapes.put(prefix + "slope", new int[] {channels});
        }
        shapes.put("tail.weight", new int[] {RGB * scale * scale, channels, 3, 3});
        shapes.put("tail.bias", new int[] {RGB * scale * scale});
        return shapes;
    }

    /** What the names of block {@code index}'s tensors start with. */
    public static String prefix(int index) {
        return "block." + index + ".";
    }

    /** Folds every block. */
    public MergedNetwork merge() {
        List<MergedConv> convolutions = new ArrayList<>();
        List<double[]> slopes = new ArrayList<>();
        convolutions.add(end("head", RGB, block.channels()));
        slopes.add(weights.get("head.slope").toDoubles());
        for (int i = 0; i < body; i++) {
            convolutions.add(BlockMerge.merge(block, weights, prefix(i), epsilon));
            slopes.add(weights.get(prefix(i) + "slope").toDoubles());
        }
        convolutions.add(end("tail", block.channels(), RGB * scale * scale));
        return new MergedNetwork(scale, convolutions, slopes);
    }

    /**
     * Evaluates the branches one by one in double arithmetic, with population statistics and zero padding at the borders.
     *
     * @param rgb [3, height, width] in 0..1
     * @return [3, height * scale, width * scale]
     */
    public double[] evaluate(double[] rgb, int height, int width) {
        FeatureMap input = new FeatureMap(RGB, height, width, rgb);
        FeatureMap x = input.conv3x3(end("head", RGB, block.channels()))
                .prelu(weights.get("head.slope").toDoubles());
        for (int i = 0; i < body; i++) {
            x = evaluateBlock(x, prefix(i))
                    .prelu(weights.get(prefix(i) + "slope").toDoubles());
        }
        return x.conv3x3(end("tail", block.channels(), RGB * scale * scale))
                .shuffleAndAdd(input, scale)
                .values();
    }

    private FeatureMap evaluateBlock(FeatureMap x, String prefix) {
        return switch (block) {
            case PlainConv plain -> x.conv3x3(BlockMerge.merge(plain, weights, prefix, epsilon));
            case RepSrBlock repsr -> {
                FeatureMap sum = x;
                for (int p = 0; p < repsr.paths(); p++) {
                    String path = prefix + RepSrBlock.path(p);
                    MergedConv k3 = new MergedConv(
                            repsr.channels(),
                            repsr.expanded(),
                            weights.get(path + "k3").toDoubles(),
                            new double[repsr.expanded()]);
                    FeatureMap normalised = x.conv3x3(k3).normalise(BatchNorm.read(weights, path + "bn.", epsilon));
                    sum = sum.plus(normalised.conv1x1(
                            weights.get(path + "k1").toDoubles(),
                            weights.get(path + "k1.bias").toDoubles()));
                }
                yield sum;
            }
        };
    }

    private MergedConv end(String name, int in, int out) {
        return new MergedConv(
                in,
                out,
                weights.get(name + ".weight").toDoubles(),
                weights.get(name + ".bias").toDoubles());
    }
}
