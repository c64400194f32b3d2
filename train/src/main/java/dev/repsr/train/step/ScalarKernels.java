package dev.repsr.train.step;

import dev.repsr.train.fold.Matrices;
import dev.repsr.train.fold.ScalarMatrices;

/** Kernels without vectors, written for reading: what the others are compared with, and what runs where the Vector API is missing. */
public final class ScalarKernels implements StepKernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int stride(int channels) {
        return channels;
    }

    @Override
    public ConvKernels head(MapShape in, MapShape out) {
        return new ScalarConv(in, out);
    }

    @Override
    public ConvKernels conv(MapShape in, MapShape out) {
        return new ScalarConv(in, out);
    }

    @Override
    public StatisticsKernels statistics(MapShape z) {
        return new ScalarStatistics(z);
    }

    @Override
    public LossKernels loss(MapShape output, int scale) {
        return new ScalarLoss(output, scale);
    }

    @Override
    public Matrices matrices() {
        return new ScalarMatrices();
    }
}
