package dev.repsr.block;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The block of the RepSR paper (figure 2): y = x + sum over paths of K1 * BN(K3 * x) + b1, where K3 is a zero-padded 3x3
 * convolution of C to {@code expand} C channels without bias (batch normalisation would cancel it) and K1 a 1x1 convolution
 * back to C channels. The residual path is clean: neither convolution nor normalisation.
 *
 * @param channels C
 * @param expand width of a path in units of C, 2 in the paper
 * @param paths number of expand-and-squeeze paths, 2 in the paper
 */
public record RepSrBlock(int channels, int expand, int paths) implements Block {

    public RepSrBlock {
        if (channels < 1 || expand < 1 || paths < 1) {
            throw new IllegalArgumentException(
                    "RepSR block of " + channels + " channels, expansion " + expand + ", " + paths + " paths");
        }
    }

    /** The paper's block. */
    public RepSrBlock(int channels) {
        this(channels, 2, 2);
    }

    @Override
    public String name() {
        return "repsr";
    }

    /** Channels inside a path. */
    public int expanded() {
        return channels * expand;
    }

    /** Names of one path's tensors start with this. */
    public static String path(int index) {
        return "path." + index + ".";
    }

    @Override
    public SequencedMap<String, int[]> tensors() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        for (int p = 0; p < paths; p++) {
            String path = path(p);
            shapes.put(path + "k3", new int[] {expanded(), channels, 3, 3});
            shapes.put(path + "bn.gamma", new int[] {expanded()});
            shapes.put(path + "bn.beta", new int[] {expanded()});
            shapes.put(path + "bn.mean", new int[] {expanded()});
            shapes.put(path + "bn.variance", new int[] {expanded()});
            shapes.put(path + "k1", new int[] {channels, expanded(), 1, 1});
            shapes.put(path + "k1.bias", new int[] {channels});
        }
        return shapes;
    }
}
