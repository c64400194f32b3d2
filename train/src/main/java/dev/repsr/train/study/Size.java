package dev.repsr.train.study;

import java.util.List;

/**
 * A size of network.
 *
 * @param body inner convolutions
 * @param channels features
 * @param scale enlargement
 */
public record Size(int body, int channels, int scale) {
    private static final int RGB = 3;
    private static final int TAPS = 9;

    /** As "M4C16 x2". */
    public String name() {
        return "M" + body + "C" + channels + " x" + scale;
    }

    List<String> settings() {
        return List.of("network.body=" + body, "network.channels=" + channels, "scale=" + scale);
    }

    /** Multiplications of the merged network for a pixel of its input: what a step costs, more or less. */
    double work() {
        return TAPS * (double) channels * ((double) body * channels + RGB + RGB * scale * scale);
    }
}
