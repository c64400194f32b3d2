package dev.repsr.train.step;

import dev.repsr.train.fold.Matrices;

/** How the parts of a step are computed. All implementations give the same up to rounding, and each the same bits at all times. */
public interface StepKernels {

    /** For the log: "scalar", "512-bit vectors". */
    String name();

    /** Floats from pixel to pixel of a map with so many channels. */
    int stride(int channels);

    /** A convolution of the picture itself, whose pixels are three floats. */
    ConvKernels head(MapShape in, MapShape out);

    /** A convolution of feature maps. */
    ConvKernels conv(MapShape in, MapShape out);

    /** Sums for batch statistics of such a map. */
    StatisticsKernels statistics(MapShape z);

    /** The end of a step. */
    LossKernels loss(MapShape output, int scale);

    /** Products of small matrices. */
    Matrices matrices();

    /** Of several kinds of kernels the ones to take on this machine. */
    interface Provider {
        /** Whether this JVM and this processor run them well. */
        boolean isFast();

        /** The kernels. */
        StepKernels kernels();
    }
}
