package dev.repsr.train.vector;

import dev.repsr.train.fold.Matrices;
import dev.repsr.train.step.ConvKernels;
import dev.repsr.train.step.LossKernels;
import dev.repsr.train.step.MapShape;
import dev.repsr.train.step.StatisticsKernels;
import dev.repsr.train.step.StepKernels;

/** Kernels for one width of vectors. */
final class VectorKernels implements StepKernels {
    private final Width width;
    private final Matrices matrices;

    VectorKernels(Width width) {
        this.width = width;
        matrices = Templates.make(Matrices.class, VectorMatrices.class, width.lanes());
    }

    @Override
    public String name() {
        return width.bits() + "-bit vectors";
    }

    @Override
    public int stride(int channels) {
        return (channels + width.lanes() - 1) / width.lanes() * width.lanes();
    }

    @Override
    public ConvKernels head(MapShape in, MapShape out) {
        return new VectorHead(width, in, out);
    }

    @Override
    public ConvKernels conv(MapShape in, MapShape out) {
        return new VectorConv(width, in, out);
    }

    @Override
    public StatisticsKernels statistics(MapShape z) {
        return new VectorStatistics(width, z);
    }

    @Override
    public LossKernels loss(MapShape output, int scale) {
        return new VectorLoss(width, output, scale);
    }

    @Override
    public Matrices matrices() {
        return matrices;
    }
}
