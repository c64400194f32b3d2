package dev.repsr.train.torch;

import dev.repsr.train.engine.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** What libtorch makes of a {@link Device}. */
public final class TorchDevice {
    private TorchDevice() {}

    /** Whether this machine has one that the libtorch on the class path can use. */
    public static boolean isAvailable(Device device) {
        return switch (device) {
            case CPU -> true;
            case CUDA -> {
                TorchLibrary.load(torch.class);
                yield torch.cuda_is_available();
            }
        };
    }

    static Tensor zeros(Device device, long size) {
        torch.DeviceType type = switch (device) {
            case CPU -> torch.DeviceType.CPU;
            case CUDA -> torch.DeviceType.CUDA;
        };
        return torch.zeros(new long[] {size}, new TensorOptions(new org.bytedeco.pytorch.Device(type)));
    }
}
