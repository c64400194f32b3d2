package dev.repsr.merge;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
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

    private static final String BODY = "body";
    private static final String BLOCK = "block";
    private static final String CHANNELS = "channels";
    private static final String EXPAND = "expand";
    private static final String PATHS = "paths";
    private static final String EPSILON = "bn_epsilon";

    /** Writes the topology of a training network into a metadata block. */
    public static void putTopology(Map<String, String> metadata, int scale, int body, Block block, double epsilon) {
        metadata.put(ModelFile.MARK, "1");
        metadata.put(KIND, CHECKPOINT);
        metadata.put(ModelFile.SCALE, Integer.toString(scale));
        metadata.put(BODY, Integer.toString(body));
        metadata.put(BLOCK, block.name());
        metadata.put(CHANNELS, Integer.toString(block.channels()));
        if (block instanceof RepSrBlock repsr) {
            metadata.put(EXPAND, Integer.toString(repsr.expand()));
            metadata.put(PATHS, Integer.toString(repsr.paths()));
        }
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
        int scale = number(metadata, ModelFile.SCALE);
        int body = number(metadata, BODY);
        Block block = block(metadata);
        boolean useAverage = RESULT_AVERAGE.equals(metadata.get(RESULT));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : TrainingNetwork.tensors(scale, body, block).keySet()) {
            boolean averaged = useAverage && content.weights().has(AVERAGE + name);
            tensors.put(name, content.weights().get((averaged ? AVERAGE : WEIGHTS) + name));
        }
        double epsilon = Double.parseDouble(text(metadata, EPSILON));
        return new TrainingNetwork(scale, body, block, epsilon, new Weights(tensors));
    }

    private static Block block(Map<String, String> metadata) {
        int channels = number(metadata, CHANNELS);
        String name = text(metadata, BLOCK);
        return switch (name) {
            case "repsr" -> new RepSrBlock(channels, number(metadata, EXPAND), number(metadata, PATHS));
            case "plain" -> new PlainConv(channels);
            default -> throw new IllegalArgumentException("unknown block " + name);
        };
    }

    private static int number(Map<String, String> metadata, String key) {
        return Integer.parseInt(text(metadata, key));
    }

    private static String text(Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("its metadata lacks " + key);
        }
        return value;
    }
}
