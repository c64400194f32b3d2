package dev.repsr.bench;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** libtorch, eager, in inference mode, with colours and channels innermost (channels_last), its faster layout here. */
final class LibTorch implements Peer {
    private static final long[] ONE = {1, 1};

    private final Network network;
    private final Map<String, Tensor> weights = new HashMap<>();
    private final Tensor input;

    /** @param picture interleaved RGB */
    @SuppressWarnings("try")
    LibTorch(Network network, float[] picture, int width, int threads) {
        this.network = network;
        int height = picture.length / 3 / width;
        torch.set_num_threads(threads);
        try (PointerScope scope = new PointerScope()) {
            for (String name : network.weights().names()) {
                dev.repsr.network.Tensor tensor = network.weights().get(name);
                long[] shape =
                        tensor.shape().stream().mapToLong(Integer::longValue).toArray();
                Tensor weight = Tensor.create(tensor.toArray(), shape);
                weights.put(name, (shape.length == 4 ? channelsLast(weight) : weight).retainReference());
            }
            input = channelsLast(Tensor.create(Planes.ofInterleaved(picture), 1, 3, height, width))
                    .retainReference();
        }
    }

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String version() {
        return MavenVersion.of("org.bytedeco", "pytorch");
    }

    @Override
    @SuppressWarnings("try")
    public void run() {
        try (PointerScope scope = new PointerScope();
                InferenceMode inference = new InferenceMode()) {
            forward();
        }
    }

    @Override
    @SuppressWarnings("try")
    public float[] result() {
        try (PointerScope scope = new PointerScope();
                InferenceMode inference = new InferenceMode()) {
            FloatBuffer buffer = forward().contiguous().createBuffer();
            float[] planes = new float[buffer.remaining()];
            buffer.get(planes);
            return Planes.toInterleaved(planes);
        }
    }

    @Override
    public void close() {
        weights.values().forEach(Tensor::releaseReference);
        input.releaseReference();
    }

    private Tensor forward() {
        Tensor x = input;
        for (Layer layer : network.layers()) {
            x = switch (layer) {
                case Conv3x3 conv ->
                    torch.conv2d(
                            x,
                            weight(conv.name() + ".weight"),
                            new TensorOptional(weight(conv.name() + ".bias")),
                            ONE,
                            ONE,
                            ONE,
                            1);
                case PRelu relu -> torch.prelu(x, weight(relu.name() + ".weight"));
                case PixelShuffle shuffle -> torch.pixel_shuffle(x, shuffle.scale());
                case AddNearest skip -> x.add(enlarged(skip.scale()));
            };
        }
        return x;
    }

    private Tensor enlarged(int scale) {
        long[] size = {input.size(2) * scale, input.size(3) * scale};
        return torch.upsample_nearest2d(input, size, new DoubleOptional(), new DoubleOptional());
    }

    private Tensor weight(String name) {
        Tensor weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("no tensor is called " + name);
        }
        return weight;
    }

    private static Tensor channelsLast(Tensor tensor) {
        return tensor.contiguous(torch.MemoryFormat.ChannelsLast);
    }
}
