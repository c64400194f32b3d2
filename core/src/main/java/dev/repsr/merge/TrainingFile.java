package dev.repsr.merge;

import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.format.Safetensors;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network inside a training checkpoint: a safetensors file whose tensors are {@code weights.} + the training form's,
 * {@code ema.} + averages of those that are trained, and more that only training needs.
 *
 * @param network the averaged weights where the run keeps an average, else the newest
 * @param metadata the file's
 */
public record TrainingFile(TrainingNetwork network, Map<String, String> metadata) {

    /** What the names of the newest weights and the statistics start with. */
    public static final String WEIGHTS = "weights.";

    /** What the names of the averaged weights start with. */
    public static final String AVERAGE = "ema.";

    /** Metadata key: what kind of file it is. */
    public static final String KIND = "kind";

    /** Value of {@link #KIND}. */
    public static final String CHECKPOINT = "training checkpoint";

    /** Metadata key: "average" where the averaged weights are the result, else "newest". */
    public static final String RESULT = "result";

    /** Value of {@link #RESULT} for averaged weights. */
    public static final String RESULT_AVERAGE = "average";

    /** Value of {@link #RESULT} for the newest weights. */
    public static final String RESULT_NEWEST = "newest";

    private static final String EPSILON = "bn_epsilon";

    /** Writes the topology of a training network into a metadata block. */
    public static void putTopology(Map<String, String> metadata, Topology topology, double epsilon) {
        metadata.put(ModelFile.MARK, "1");
        metadata.put(KIND, CHECKPOINT);
        new BlockMetadata(metadata).put(topology);
        metadata.put(EPSILON, Double.toString(epsilon));
    }

    /**
     * Reads the network of a checkpoint.
     *
     * @throws ModelRefused if the file is missing, damaged or not a checkpoint
     */
    public static TrainingFile read(Path file) throws IOException {
        Safetensors content = Safetensors.read(file);
        Map<String, String> metadata = content.metadata();
        if (!CHECKPOINT.equals(metadata.get(KIND))) {
            throw new ModelRefused(Reason.UNSUPPORTED, file + ": not a training checkpoint of this program");
        }
        try {
            return new TrainingFile(network(content), metadata);
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(Reason.DAMAGED, file + ": " + e.getMessage(), e);
        }
    }

    private static TrainingNetwork network(Safetensors content) {
        Map<String, String> metadata = content.metadata();
        BlockMetadata described = new BlockMetadata(metadata);
        Topology topology = described.read();
        boolean useAverage = RESULT_AVERAGE.equals(metadata.get(RESULT));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : topology.tensors().keySet()) {
            boolean averaged = useAverage && content.weights().has(AVERAGE + name);
            tensors.put(name, content.weights().get((averaged ? AVERAGE : WEIGHTS) + name));
        }
        double epsilon = Double.parseDouble(described.text(EPSILON));
        return new TrainingNetwork(topology, epsilon, new Weights(tensors));
    }
}
