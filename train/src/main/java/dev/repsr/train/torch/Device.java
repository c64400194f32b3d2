package dev.repsr.train.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** What computes the steps. */
public enum Device {
    /** The processor. */
    CPU(torch.DeviceType.CPU) {
        @Override
        public boolean isAvailable() {
            return true;
        }
    },
    /** The first graphics processor that CUDA shows to this process. */
    CUDA(torch.DeviceType.CUDA) {
        @Override
        public boolean isAvailable() {
            return torch.cuda_is_available();
        }
    };

    private final torch.DeviceType type;

    Device(torch.DeviceType type) {
        this.type = type;
    }

    /** Whether this machine has one that the tensor library on the class path can use. */
    public abstract boolean isAvailable();

    Tensor zeros(long size) {
        return torch.zeros(new long[] {size}, new TensorOptions(new org.bytedeco.pytorch.Device(type)));
    }
}
