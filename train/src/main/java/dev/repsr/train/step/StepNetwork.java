package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plain network that a step computes with: a 3x3 convolution for each block, and the slopes before it. */
final class StepNetwork {
    private static final int RGB = 3;
    private static final int TAPS = 9;
    private static final int SLACK = 16;

    final List<ConvKernels> layers;
    final LossKernels loss;

    /** Of each layer the kernel [out, in, 3, 3], from index 0 on. */
    final float[][] kernel;

    /** Of each layer the bias, padded, from ORIGIN on. */
    final float[][] bias;

    /** Of each layer the slopes of the PReLU before it, padded, from ORIGIN on; the first has none. */
    final float[][] slope;

    private final float[][] prepared;

    StepNetwork(Topology topology, int patch, StepKernels kernels) {
        layers = layers(topology, patch, kernels);
        loss = kernels.loss(layers.getLast().out(), topology.scale());
        kernel = new float[layers.size()][];
        bias = new float[layers.size()][];
        slope = new float[layers.size()][];
        prepared = new float[layers.size()][];
        for (int i = 0; i < layers.size(); i++) {
            MapShape in = layers.get(i).in();
            MapShape out = layers.get(i).out();
            kernel[i] = new float[TAPS * in.channels() * out.channels()];
            bias[i] = new float[ORIGIN + out.stride() + SLACK];
            slope[i] = new float[ORIGIN + in.stride() + SLACK];
            prepared[i] = new float[layers.get(i).preparedSize()];
        }
    }

    private static List<ConvKernels> layers(Topology topology, int patch, StepKernels kernels) {
        List<ConvKernels> layers = new ArrayList<>();
        MapShape in = new MapShape(patch, RGB, RGB, 1);
        for (Place place : topology.places()) {
            int channels = place.block().out();
            MapShape out = new MapShape(patch, channels, kernels.stride(channels), 1);
            layers.add(layers.isEmpty() ? kernels.head(in, out) : kernels.conv(in, out));
            in = out;
        }
        return List.copyOf(layers);
    }

    int size() {
        return layers.size();
    }

    int last() {
        return layers.size() - 1;
    }

    /** Takes a layer's kernel as it is now. */
    void prepare(int layer) {
        layers.get(layer).prepare(kernel[layer], prepared[layer]);
    }

    /** Computes layers from one up to, but without, another, of which the last writes to {@code output}. */
    void forth(SampleMaps maps, Workspace space, int from, int to, float[] output) {
        for (int i = from; i < to; i++) {
            float[] result = i == last() ? output : maps.z[i];
            layers.get(i).forward(prepared[i], bias[i], maps.input(i), i == 0 ? null : slope[i], space, i, result);
        }
    }

    /** Adds a layer's gradients from that of its output. */
    void weights(SampleMaps maps, Workspace space, int layer, float[] dz, boolean again, LayerGradients to) {
        float[] before = layer == 0 ? null : slope[layer];
        layers.get(layer)
                .weightGradient(dz, maps.input(layer), before, space, layer, again, to.kernel[layer], to.bias[layer]);
    }

    /** Makes the gradient of what the layer before has made. */
    void input(SampleMaps maps, Workspace space, int layer, float @Nullable [] extra, LayerGradients to) {
        layers.get(layer)
                .inputGradient(
                        prepared[layer], maps.input(layer), slope[layer], extra, space, to.slope[layer], maps.dz);
    }

    /** Leaves the transformed gradient of an inner layer's output in the workspace, as {@link #weights} does. */
    void transform(SampleMaps maps, Workspace space, int layer) {
        layers.get(layer).weightGradient(maps.dz, maps.input(layer), slope[layer], space, layer, false, null, null);
    }
}
