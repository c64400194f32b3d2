package dev.repsr.app;

import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.Sha256;
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON file with which OpenModelDB describes a model. What only its author knows is left empty. */
final class ModelCard {
    private static final int CHANNELS = 3;

    private ModelCard() {}

    /** Writes the card beside the model's files; its path. */
    static Path write(Model model, List<Path> files, ModelFormat format) throws IOException {
        Path first = files.getFirst();
        String name = first.getFileName().toString();
        Path card = first.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
        byte[] json = (JsonLines.pretty(members(model, files, format)) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(card, out -> out.write(json));
        return card;
    }

    private static Map<String, @Nullable Object> members(Model model, List<Path> files, ModelFormat format)
            throws IOException {
        Network network = model.network();
        Map<String, String> metadata = model.metadata();
        Map<String, @Nullable Object> card = new LinkedHashMap<>();
        card.put("name", model.name());
        card.put("author", List.of());
        card.put("license", metadata.get(ModelFile.LICENCE));
        card.put("tags", List.of());
        card.put("description", description(network));
        card.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
        card.put("architecture", "compact");
        card.put("size", List.of(network.channels() + "nf", network.bodyConvolutions() + "nc"));
        card.put("scale", network.scale());
        card.put("inputChannels", CHANNELS);
        card.put("outputChannels", CHANNELS);
        card.put("resources", resources(files, format));
        String iterations = metadata.get(ModelFile.ITERATIONS);
        if (iterations != null && iterations.matches("\\d{1,12}")) {
            card.put("trainingIterations", Long.valueOf(iterations));
        }
        String dataSet = metadata.get(ModelFile.DATA_SET);
        if (dataSet != null) {
            card.put("dataset", dataSet);
        }
        card.put("images", List.of());
        return card;
    }

    private static String description(Network network) {
        return network.size() + ": " + network.bodyConvolutions() + " inner convolutions of " + network.channels()
                + " channels, " + network.parameters() + " parameters, " + network.scale() + "x.";
    }

    private static List<Map<String, Object>> resources(List<Path> files, ModelFormat format) throws IOException {
        String platform = switch (format) {
            case SAFETENSORS, PTH -> "pytorch";
            case ONNX -> "onnx";
            case NCNN -> "ncnn";
        };
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("platform", platform);
            resource.put("type", name.substring(name.lastIndexOf('.') + 1));
            resource.put("size", Files.size(file));
            resource.put("sha256", Sha256.hex(file));
            resource.put("urls", List.of());
            resources.add(resource);
        }
        return resources;
    }
}
