package dev.repsr.format;

import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes model files: safetensors with the keys of the field's "compact" architecture and a metadata block. */
public final class ModelFile {

    /** Metadata key that marks a file of this project; its value is the version of the layout. */
    public static final String MARK = "repsr";

    /** Metadata key: the model's name. */
    public static final String NAME = "name";

    /** Metadata key: enlargement. */
    public static final String SCALE = "scale";

    /** Metadata key: size such as M4C16. */
    public static final String SIZE = "size";

    /** Metadata key: SPDX identifier of the weights' licence. */
    public static final String LICENCE = "licence";

    /** Metadata key: what it was trained on. */
    public static final String DATA_SET = "data_set";

    /** Metadata key: what decided the training run, one {@code key=value} a line. */
    public static final String RECIPE = "recipe";

    /** Metadata key: iterations done. */
    public static final String ITERATIONS = "iterations";

    /** Metadata key: seed of the training run. */
    public static final String SEED = "seed";

    /** Metadata key: how the merged network was checked against its training form, as JSON. */
    public static final String RECEIPT = "receipt";

    private static final String ENDING = ".safetensors";

    private ModelFile() {}

    /**
     * Opens a model file.
     *
     * @throws ModelRefused if it is missing, damaged or not a compact network in safetensors form
     */
    public static Model open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused(Reason.MISSING, file + ": there is no such model file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.getFileName().toString());
        }
    }

    /**
     * Reads a model from a stream in safetensors form.
     *
     * @param name file name for messages, and the model's name where the metadata has none
     * @throws ModelRefused if it is damaged or not a compact network
     */
    public static Model read(InputStream in, String name) throws IOException {
        Safetensors file = Safetensors.read(in, name);
        try {
            Network network = Network.compact(file.weights());
            String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
            return new Model(file.metadata().getOrDefault(NAME, stem), network, file.metadata());
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(
                    Reason.UNSUPPORTED,
                    name + ": " + e.getMessage() + " (only networks of the compact family are read)",
                    e);
        }
    }

    /** Writes the model; name, scale and size in the metadata are set from the model itself. */
    public static void write(Model model, OutputStream out) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(MARK, "1");
        metadata.put("format", "pt");
        metadata.put(NAME, model.name());
        metadata.put(SCALE, Integer.toString(model.network().scale()));
        metadata.put(SIZE, model.network().size());
        model.metadata().forEach(metadata::putIfAbsent);
        new Safetensors(model.network().weights(), metadata).write(out);
    }
}
