package dev.repsr.train.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The order of feature maps in memory: channels last, always.
 *
 * <p>This is for correctness before speed. oneDNN 3.7.1, which libtorch 2.10 convolves with, gives wrong values on processors with
 * AVX-512 when channels come first and their number lies between multiples of the vector's (24 to 12 channels forward, 32 to 12
 * backward), and a wrong gradient of a map that has one channel, where the two orders are the same.
 */
final class Layout {
    private Layout() {}

    /** The same map, copied only if it lies otherwise. */
    static Tensor channelsLast(Tensor map) {
        return map.contiguous(torch.MemoryFormat.ChannelsLast);
    }
}
