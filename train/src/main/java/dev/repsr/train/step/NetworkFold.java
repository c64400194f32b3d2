package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.block.Topology.Place;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.fold.BlockFold;
import dev.repsr.train.fold.FlatLayout;
import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.Matrices;
import dev.repsr.train.fold.PatchMoments;
import java.util.ArrayList;
import java.util.List;

/**
 * Between the parameters of the training form and the merged network that a step computes with, layer by layer; different layers may
 * be in different threads at a time.
 */
final class NetworkFold {
    private static final int TAPS = 9;

    final FlatLayout parameterLayout;
    final FlatLayout statisticLayout;

    /** All parameters, as the layout says. */
    final float[] parameters;

    /** Running means and variances. */
    final float[] statistics;

    /** Gradients of all parameters. */
    final float[] gradients;

    private final StepNetwork network;
    private final List<Place> places;
    private final List<BlockFold> blocks = new ArrayList<>();
    private final float[][] kernelGradient;
    private final float[][] bias;

    NetworkFold(TrainerSettings settings, StepNetwork network, Matrices matrices) {
        this.network = network;
        places = settings.topology().places();
        parameterLayout = new FlatLayout(settings.parameters());
        statisticLayout = new FlatLayout(settings.statistics());
        parameters = new float[parameterLayout.size()];
        statistics = new float[statisticLayout.size()];
        gradients = new float[parameters.length];
        kernelGradient = new float[places.size()][];
        bias = new float[places.size()][];
        for (int i = 0; i < places.size(); i++) {
            blocks.add(new BlockFold(places.get(i), parameterLayout, statisticLayout, settings.epsilon(), matrices));
            kernelGradient[i] = new float[network.kernel[i].length];
            bias[i] = new float[places.get(i).block().out()];
        }
    }

    /** Takes parameters and statistics, looked up under {@code prefix + name}. */
    void read(Weights weights, String prefix) {
        float[] read = parameterLayout.read(weights, prefix);
        System.arraycopy(read, 0, parameters, 0, read.length);
        read = statisticLayout.read(weights, prefix);
        System.arraycopy(read, 0, statistics, 0, read.length);
    }

    /** Whether a layer's block has batch normalisation. */
    boolean normalised(int layer) {
        return places.get(layer).block().normalised();
    }

    /** Makes a layer of the merged network, with the statistics of the population. */
    void fold(int layer) {
        blocks.get(layer).fold(parameters, statistics, network.kernel[layer], bias[layer]);
        prepare(layer);
    }

    /** The same with those of a batch, which the running ones follow. */
    void foldBatch(int layer, PatchMoments moments, double momentum) {
        BlockFold block = blocks.get(layer);
        block.foldBatch(parameters, moments, network.kernel[layer], bias[layer]);
        block.moveStatistics(statistics, momentum);
        prepare(layer);
    }

    private void prepare(int layer) {
        System.arraycopy(bias[layer], 0, network.bias[layer], ORIGIN, bias[layer].length);
        if (layer > 0) {
            takeSlope(layer);
        }
        network.prepare(layer);
    }

    /** Where the slopes before a layer lie. */
    private int slopeAt(int layer) {
        return parameterLayout.at(places.get(layer - 1).slope());
    }

    /** Makes the slopes before a layer those of the parameters, for a layer that is folded later. */
    void takeSlope(int layer) {
        System.arraycopy(
                parameters,
                slopeAt(layer),
                network.slope[layer],
                ORIGIN,
                places.get(layer).block().in());
    }

    /** Adds a layer's gradients to those of the parameters. */
    void unfold(int layer, LayerGradients from) {
        unfoldSlope(layer, from);
        blocks.get(layer).unfold(parameters, kernel(layer, from), bias(layer, from), gradients);
    }

    /** The same of a layer that was folded with the statistics of a batch. */
    void unfoldBatch(int layer, LayerGradients from, InputGradient input) {
        blocks.get(layer).unfoldBatch(parameters, kernel(layer, from), bias(layer, from), gradients, input);
    }

    /** Adds the gradients of the slopes before a layer. */
    void unfoldSlope(int layer, LayerGradients from) {
        if (layer > 0) {
            int to = slopeAt(layer);
            for (int i = 0; i < places.get(layer).block().in(); i++) {
                gradients[to + i] += from.slope[layer][ORIGIN + i];
            }
        }
    }

    private float[] kernel(int layer, LayerGradients from) {
        MapShape in = network.layers.get(layer).in();
        MapShape out = network.layers.get(layer).out();
        float[] packed = from.kernel[layer];
        float[] dense = kernelGradient[layer];
        for (int o = 0; o < out.channels(); o++) {
            for (int i = 0; i < in.channels(); i++) {
                int to = (o * in.channels() + i) * TAPS;
                int at = ORIGIN + i * out.stride() + o;
                for (int tap = 0; tap < TAPS; tap++) {
                    dense[to + tap] = packed[at + tap * in.stride() * out.stride()];
                }
            }
        }
        return dense;
    }

    private float[] bias(int layer, LayerGradients from) {
        System.arraycopy(from.bias[layer], ORIGIN, bias[layer], 0, bias[layer].length);
        return bias[layer];
    }
}
