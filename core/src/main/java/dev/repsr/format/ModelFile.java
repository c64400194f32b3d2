package dev.repsr.format;

import dev.repsr.io.Sha256;
import dev.repsr.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The front door to model files of every format: networks of the field's "compact" architecture and what is known about them. */
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

    /** Metadata key: of which models' weights this one's are a mix, as JSON. */
    public static final String MIX = "mix";

    /** Metadata key: name of the model of the same shape that removes less noise. */
    public static final String MILDER = "milder";

    /** Metadata key: name of the model of the same shape that removes more noise. */
    public static final String STRONGER = "stronger";

    /** A key of safetensors alone: whose order of sides the tensors have. */
    private static final String TENSOR_FORMAT = "format";

    private static final int ZIP_MAGIC = 0x04034B50;
    private static final int PICKLE_PROTOCOL = 0x80;
    private static final int IR_VERSION_FIELD = 0x08;
    private static final int MAX_IR_VERSION = 32;
    private static final int SAFETENSORS_BRACE = 8;

    private ModelFile() {}

    /**
     * Opens a model file of any {@link ModelFormat}; which of them it is, its first bytes decide.
     *
     * @throws ModelRefused if it is missing, damaged or not a compact network
     */
    public static Model open(Path file) throws IOException {
        return inspect(file).model();
    }

    /**
     * Opens a model file as {@link #open} does, and says what kind of file it was. No other file is opened, but for the
     * {@code .bin} beside an ncnn {@code .param}.
     *
     * @throws ModelRefused if it is missing, damaged or not a compact network
     */
    public static OpenedModel inspect(Path file) throws IOException {
        byte[] bytes = FileBytes.of(file);
        String name = file.getFileName().toString();
        ModelFormat format = format(bytes, name);
        if (format != ModelFormat.NCNN) {
            return read(format, List.of(bytes), name);
        }
        NcnnFile.checkLayers(bytes, name);
        Path numbers = file.resolveSibling(ModelFormat.stem(name) + NcnnFile.NUMBERS_ENDING);
        return read(format, List.of(bytes, FileBytes.of(numbers)), name);
    }

    /**
     * Reads a model from a stream, in any format but ncnn's, which is two files.
     *
     * @param name file name for messages, and the model's name where the metadata has none
     * @throws ModelRefused if it is damaged or not a compact network
     */
    public static Model read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readAllBytes();
        return read(format(bytes, name), List.of(bytes), name).model();
    }

    /**
     * Reads a model from the bytes of its files.
     *
     * @param files one, but for ncnn the text and the numbers
     * @param name file name for messages, and the model's name where the metadata has none
     * @throws ModelRefused if it is damaged or not a compact network
     */
    public static OpenedModel read(ModelFormat format, List<byte[]> files, String name) throws ModelRefused {
        if (files.size() != (format == ModelFormat.NCNN ? 2 : 1)) {
            throw new Origin(name)
                    .unsupported(files.size() + " files where " + format.word() + " has "
                            + (format == ModelFormat.NCNN ? "two, the text and the numbers" : "one"));
        }
        byte[] first = files.getFirst();
        return switch (format) {
            case SAFETENSORS -> safetensors(first, name);
            case PTH -> PthFile.read(first, name);
            case ONNX -> OnnxFile.read(first, name);
            case NCNN -> NcnnFile.read(first, files.getLast(), name);
        };
    }

    private static OpenedModel safetensors(byte[] file, String name) throws ModelRefused {
        Safetensors content = Safetensors.read(file, name);
        Network network = StateDict.network(new Origin(name), content.weights().tensors());
        String modelName = content.metadata().getOrDefault(NAME, ModelFormat.stem(name));
        return new OpenedModel(
                new Model(modelName, network, content.metadata()), ModelFormat.SAFETENSORS, content.precision());
    }

    /** What the first bytes say; the name counts where they say nothing. */
    private static ModelFormat format(byte[] bytes, String name) throws ModelRefused {
        ByteBuffer start = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length >= 4 && start.getInt(0) == ZIP_MAGIC) {
            return ModelFormat.PTH;
        }
        // Before the others: it begins with a length, whose bytes may be any.
        if (bytes.length > SAFETENSORS_BRACE && bytes[SAFETENSORS_BRACE] == '{') {
            return ModelFormat.SAFETENSORS;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == PICKLE_PROTOCOL) {
            throw new Origin(name)
                    .unsupported("a PyTorch file of before version 1.6, which is no zip; load it in PyTorch and save it"
                            + " again with torch.save");
        }
        if (new String(bytes, 0, Math.min(bytes.length, 7), StandardCharsets.ISO_8859_1).equals(NcnnFile.MAGIC)) {
            return ModelFormat.NCNN;
        }
        if (bytes.length >= 2 && bytes[0] == IR_VERSION_FIELD && bytes[1] > 0 && bytes[1] <= MAX_IR_VERSION) {
            return ModelFormat.ONNX;
        }
        if (name.endsWith(NcnnFile.NUMBERS_ENDING)) {
            throw new Origin(name).notAModel("the numbers of an ncnn model? Then name the .param file beside it");
        }
        Optional<ModelFormat> asked = ModelFormat.ofName(name);
        if (asked.isPresent()) {
            return asked.get();
        }
        throw new Origin(name).notAModel("not a model file; " + ModelFormat.endings() + " are read");
    }

    /** Writes the model as safetensors; name, scale and size in the metadata are set from the model itself. */
    public static void write(Model model, OutputStream out) throws IOException {
        out.write(bytes(model, ModelFormat.SAFETENSORS, Precision.FLOAT32).getFirst());
    }

    /** SHA-256 of what {@link #write} writes: of a safetensors file of this project the file's own, of others that of such a copy. */
    public static String sha256(Model model) throws IOException {
        return Sha256.hex(
                bytes(model, ModelFormat.SAFETENSORS, Precision.FLOAT32).getFirst());
    }

    /**
     * The bytes of the files that hold a model in some format: one, but for ncnn the text and the numbers.
     *
     * @param precision float32 or float16
     */
    public static List<byte[]> bytes(Model model, ModelFormat format, Precision precision) throws IOException {
        return switch (format) {
            case SAFETENSORS -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Map<String, String> metadata = new LinkedHashMap<>();
                metadata.put(MARK, "1");
                metadata.put(TENSOR_FORMAT, "pt");
                metadata.putAll(described(model));
                new Safetensors(model.network().weights(), metadata, precision).write(out);
                yield List.of(out.toByteArray());
            }
            case PTH -> List.of(PthFile.bytes(model, precision));
            case ONNX -> List.of(OnnxFile.bytes(model, precision));
            case NCNN -> {
                NcnnWriter writer = new NcnnWriter(model.network());
                yield List.of(writer.text(), writer.numbers(precision));
            }
        };
    }

    /** The model's metadata, with what the network itself says. */
    static Map<String, String> described(Model model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(MARK, "1");
        metadata.put(NAME, model.name());
        metadata.put(SCALE, Integer.toString(model.network().scale()));
        metadata.put(SIZE, model.network().size());
        model.metadata().forEach(metadata::putIfAbsent);
        metadata.remove(TENSOR_FORMAT);
        return metadata;
    }
}
