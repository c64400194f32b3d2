package dev.repsr.engine.vector;

import dev.repsr.engine.BandWorker;
import dev.repsr.engine.ConvStack;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.network.Network;
import java.util.ArrayList;
import java.util.List;

/** A network packed for one vector width. */
record DirectNetwork(Network network, Kernels kernels, List<PackedConv> convolutions, boolean skip)
        implements PreparedNetwork {
    static final int RGB = 3;
    /** Rows of a feature map that are kept: what a 3x3 convolution reads. */
    static final int RING = 3;

    static DirectNetwork pack(Network network, ConvStack stack, Kernels kernels) {
        List<PackedConv> convolutions = new ArrayList<>();
        int stride = RGB;
        for (ConvStack.Stage stage : stack.stages()) {
            boolean last = convolutions.size() == stack.stages().size() - 1;
            PackedConv packed = PackedConv.pack(stage, stride, last ? stack.scale() : 1, kernels);
            convolutions.add(packed);
            stride = packed.outStride;
        }
        return new DirectNetwork(network, kernels, List.copyOf(convolutions), stack.skip());
    }

    @Override
    public BandWorker worker(int width, int height) {
        return new DirectWorker(this, width, height);
    }

    @Override
    public boolean continuesBands() {
        return true;
    }

    @Override
    public long workerBytes(int width, int rows) {
        long floats = inputRows() * rowFloats(width, RGB);
        int widest = RGB;
        for (PackedConv convolution : convolutions) {
            boolean last = convolution == convolutions.getLast();
            floats += (last ? 1 : RING) * rowFloats(width, convolution.outStride);
            widest = Math.max(widest, last ? RGB : convolution.outStride);
        }
        return Float.BYTES * (floats + rowFloats(width, widest) + 2 * enlargedFloats(width));
    }

    /** Rows of the picture that are kept: from the one that the first convolution reads to the one that the skip adds. */
    int inputRows() {
        return convolutions.size() + 2;
    }

    /** Length of a row: the zero pixels at both ends, at least a tile, and a pixel's padding to whole vectors. */
    long rowFloats(int width, int stride) {
        return (Math.max(width, Kernels.MAX_PIXELS) + 2L) * stride + (long) kernels.lanes() * kernels.maxVectors();
    }

    /** Length of a row of the enlarged picture, and a vector that may be written beyond it. */
    long enlargedFloats(int width) {
        return (long) width * RGB * network.scale() + kernels.lanes();
    }
}
