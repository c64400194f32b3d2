package dev.repsr.bench;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * oneDNN's convolutions, each with its PReLU as a post-op, in the layouts that oneDNN chooses. What is timed ends with the
 * last convolution: shuffle and skip are not in it, nor is the picture's conversion into the first layout, which flatters it.
 */
final class OneDnn implements Peer {
    private static final long[] ONE = {1, 1};
    private static final int PER_CHANNEL = 1 << 1;

    private record Step(primitive operation, IntMemoryMap arguments) {}

    private final List<Pointer> owned = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final float[] picture;
    private final int width;
    private final int height;
    private final int scale;
    private final engine cpu;
    private final stream queue;
    private final memory last;

    /** @param picture interleaved RGB */
    OneDnn(Network network, float[] picture, int width, int threads) {
        requireTail(network.layers());
        this.picture = picture;
        this.width = width;
        height = picture.length / 3 / width;
        scale = network.scale();
        cpu = own(new engine(engine.kind.cpu, 0));
        queue = own(new stream(cpu));
        OpenMp.setThreads(threads);
        memory map = memory(Planes.ofInterleaved(picture), 1, 3, height, width);
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Conv3x3 conv) {
                float[] slopes = layers.get(i + 1) instanceof PRelu relu ? values(network, relu.name()) : new float[0];
                map = addConvolution(network, conv, slopes, map);
            }
        }
        last = map;
    }

    @Override
    public String name() {
        return "oneDNN (convolutions only)";
    }

    @Override
    public String version() {
        return MavenVersion.of("org.bytedeco", "dnnl");
    }

    @Override
    public void run() {
        for (Step step : steps) {
            step.operation.execute(queue, step.arguments);
        }
        queue._wait();
    }

    /** With shuffle and skip done here. */
    @Override
    @SuppressWarnings("try")
    public float[] result() {
        run();
        float[] planes = new float[3 * scale * scale * width * height];
        try (PointerScope scope = new PointerScope();
                FloatPointer values = new FloatPointer(planes)) {
            memory plain = new memory(planes(3L * scale * scale), cpu, values);
            new reorder(last, plain).execute(queue, last, plain);
            queue._wait();
            values.get(planes);
        }
        return shuffledWithSkip(planes);
    }

    @Override
    public void close() {
        steps.clear();
        owned.reversed().forEach(Pointer::close);
    }

    private memory addConvolution(Network network, Conv3x3 conv, float[] slopes, memory map) {
        float[] weights = network.weights().get(conv.name() + ".weight").toArray();
        float[] biases = network.weights().get(conv.name() + ".bias").toArray();
        memory plainWeights = memory(weights, conv.out(), conv.in(), 3, 3);
        memory bias = own(new memory(
                own(new memory.desc(new long[] {conv.out()}, memory.data_type.f32, memory.format_tag.a)),
                cpu,
                own(new FloatPointer(biases))));
        var description = own(new convolution_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.convolution_direct,
                any(1, conv.in(), height, width),
                any(conv.out(), conv.in(), 3, 3),
                bias.get_desc(),
                any(1, conv.out(), height, width),
                ONE,
                ONE,
                ONE,
                attributes(slopes),
                false));
        memory ownWeights = own(new memory(own(description.weights_desc()), cpu));
        own(new reorder(plainWeights, ownWeights)).execute(queue, plainWeights, ownWeights);
        queue._wait();
        memory result = own(new memory(own(description.dst_desc()), cpu));
        IntMemoryMap arguments = own(new IntMemoryMap());
        arguments.put(dnnl.DNNL_ARG_SRC, inLayout(own(description.src_desc()), map));
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, ownWeights);
        arguments.put(dnnl.DNNL_ARG_BIAS, bias);
        arguments.put(dnnl.DNNL_ARG_DST, result);
        if (slopes.length > 0) {
            int firstPostOp = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
            arguments.put(firstPostOp | dnnl.DNNL_ARG_WEIGHTS, memory(slopes, 1, slopes.length, 1, 1));
        }
        steps.add(new Step(own(new convolution_forward(description)), arguments));
        return result;
    }

    private primitive_attr attributes(float[] slopes) {
        primitive_attr attributes = own(new primitive_attr());
        if (slopes.length > 0) {
            post_ops after = own(new post_ops());
            after.append_prelu(PER_CHANNEL);
            attributes.set_post_ops(after);
        }
        return attributes;
    }

    /** The map itself or its copy in another layout, which is made now for the picture, else in each run. */
    private memory inLayout(memory.desc layout, memory map) {
        if (own(map.get_desc()).equals(layout)) {
            return map;
        }
        memory copy = own(new memory(layout, cpu));
        reorder conversion = own(new reorder(map, copy));
        if (steps.isEmpty()) {
            conversion.execute(queue, map, copy);
            queue._wait();
        } else {
            IntMemoryMap arguments = own(new IntMemoryMap());
            arguments.put(dnnl.DNNL_ARG_FROM, map);
            arguments.put(dnnl.DNNL_ARG_TO, copy);
            steps.add(new Step(conversion, arguments));
        }
        return copy;
    }

    private memory memory(float[] values, long... shape) {
        memory.desc layout = own(new memory.desc(shape, memory.data_type.f32, memory.format_tag.abcd));
        return own(new memory(layout, cpu, own(new FloatPointer(values))));
    }

    private memory.desc any(long... shape) {
        return own(new memory.desc(shape, memory.data_type.f32, memory.format_tag.any));
    }

    private memory.desc planes(long channels) {
        return new memory.desc(new long[] {1, channels, height, width}, memory.data_type.f32, memory.format_tag.abcd);
    }

    private float[] shuffledWithSkip(float[] planes) {
        float[] result = new float[planes.length];
        for (int y = 0; y < height * scale; y++) {
            for (int x = 0; x < width * scale; x++) {
                int pixel = y / scale * width + x / scale;
                for (int c = 0; c < 3; c++) {
                    int channel = (c * scale + y % scale) * scale + x % scale;
                    result[(y * width * scale + x) * 3 + c] =
                            planes[channel * width * height + pixel] + picture[3 * pixel + c];
                }
            }
        }
        return result;
    }

    private static float[] values(Network network, String name) {
        return network.weights().get(name + ".weight").toArray();
    }

    private static void requireTail(List<Layer> layers) {
        if (!(layers.get(layers.size() - 2) instanceof PixelShuffle && layers.getLast() instanceof AddNearest)) {
            throw new IllegalArgumentException("a network that ends with a shuffle and a skip is expected");
        }
    }

    private <P extends Pointer> P own(P pointer) {
        owned.add(pointer);
        return pointer;
    }
}
