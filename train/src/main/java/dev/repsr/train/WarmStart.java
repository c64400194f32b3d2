package dev.repsr.train;

import dev.repsr.Models;
import dev.repsr.block.BasedBlock;
import dev.repsr.block.Block;
import dev.repsr.block.Branch;
import dev.repsr.block.PlainConv;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.Safetensors;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Layer;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a run that begins where another network ended. Head and body are taken over, the tail too where the scale is the
 * same; what is not taken stays as fresh.
 */
final class WarmStart {
    private static final String ENDING = ".safetensors";

    private final Topology topology;
    private final Map<String, Tensor> tensors;

    private WarmStart(Topology topology, Weights fresh) {
        this.topology = topology;
        tensors = new LinkedHashMap<>(fresh.tensors());
    }

    /**
     * The weights to begin with.
     *
     * @param from a training checkpoint or a model file; if there is no such file, its last part may be a model's name
     * @param fresh weights of the topology, as a run without warm start begins with
     * @throws ConfigRefused if the network is of another size, or has no place in the blocks
     * @throws dev.repsr.format.ModelRefused if the file is missing, damaged or not read
     */
    static Weights from(Path from, Topology topology, Weights fresh) throws IOException {
        WarmStart start = new WarmStart(topology, fresh);
        if (isCheckpoint(from)) {
            start.takeTraining(from, TrainingFile.read(from).network());
        } else {
            String name = String.valueOf(from.getFileName());
            boolean named = !Files.exists(from) && Models.isName(name);
            start.takePlain(
                    from,
                    Models.open(named ? name : from.toString(), topology.scale())
                            .network());
        }
        return new Weights(start.tensors);
    }

    private static boolean isCheckpoint(Path from) throws IOException {
        return Files.isRegularFile(from)
                && from.toString().endsWith(ENDING)
                && TrainingFile.CHECKPOINT.equals(
                        Safetensors.read(from).metadata().get(TrainingFile.KIND));
    }

    /** Branch by branch where the blocks are alike, else as the plain network that it merges to. */
    private void takeTraining(Path from, TrainingNetwork source) throws ConfigRefused {
        Topology other = source.topology();
        boolean alike = other.block().equals(topology.block())
                && other.body() == topology.body()
                && other.blocksAtEnds() == topology.blocksAtEnds();
        if (!alike) {
            takePlain(from, source.merge().toNetwork());
            return;
        }
        source.weights().tensors().forEach((name, tensor) -> {
            if (!name.startsWith("tail.") || other.scale() == topology.scale()) {
                tensors.put(name, tensor);
            }
        });
    }

    private void takePlain(Path from, Network network) throws ConfigRefused {
        int body = network.bodyConvolutions();
        if (body != topology.body() || network.channels() != topology.channels()) {
            throw new ConfigRefused(
                    Kind.USAGE,
                    "start.from " + from + " is a network M" + body + "C" + network.channels()
                            + "; network.body and network.channels ask for M" + topology.body() + "C"
                            + topology.channels());
        }
        List<Place> places = topology.places();
        List<Layer.Conv3x3> convolutions = network.convolutions();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            boolean tail = place.slope().isEmpty();
            if (!tail || network.scale() == topology.scale()) {
                String name = convolutions.get(i).name();
                takeConvolution(from, place, network.weights(), name);
            }
            if (!tail) {
                tensors.put(place.slope(), network.weights().get("body." + (2 * i + 1) + ".weight"));
            }
        }
    }

    private void takeConvolution(Path from, Place place, Weights weights, String name) throws ConfigRefused {
        Tensor kernel = weights.get(name + ".weight");
        Tensor bias = weights.get(name + ".bias");
        switch (place.block()) {
            case PlainConv plain -> {
                tensors.put(place.prefix() + "weight", kernel);
                tensors.put(place.prefix() + "bias", bias);
            }
            case BasedBlock based -> {
                tensors.put(place.prefix() + BasedBlock.BASE_WEIGHT, kernel);
                tensors.put(place.prefix() + BasedBlock.BASE_BIAS, bias);
                based.branches().stream().skip(1).forEach(branch -> endWithZero(branch, place.prefix()));
            }
            case Block block ->
                throw new ConfigRefused(
                        Kind.USAGE,
                        "start.from " + from
                                + " is a merged network, whose kernels have no place in blocks of the kind "
                                + block.name() + "; set network.base to true, which puts the branches on top of them");
        }
    }

    /** What the last step with weights adds is zero, and its gradient is not: the branch wakes up with the first step. */
    private void endWithZero(Branch branch, String prefix) {
        for (Step step : branch.steps().reversed()) {
            if (!step.tensors().isEmpty()) {
                step.tensors().forEach((name, shape) -> {
                    if (isFactorOrBias(step, name)) {
                        tensors.put(prefix + name, Tensor.zeros(shape));
                    }
                });
                return;
            }
        }
    }

    private static boolean isFactorOrBias(Step step, String name) {
        return switch (step) {
            case Conv conv -> true;
            case Stencil stencil -> true;
            case Norm norm -> name.endsWith(".gamma") || name.endsWith(".beta");
        };
    }
}
