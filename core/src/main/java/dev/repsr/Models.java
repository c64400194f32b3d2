package dev.repsr;

import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.OpenedModel;
import dev.repsr.format.Precision;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The networks that come with the library. They lie beside this class as {@code models/NAME.safetensors}; the file {@code
 * models/index.tsv} names them, one a line: name, scale, and the word "default" for one of each scale.
 */
public final class Models {
    private static final String INDEX = "models/index.tsv";
    private static final String ENDING = ".safetensors";
    private static final String DEFAULT = "default";

    /**
     * One built-in network.
     *
     * @param name what {@link Upscaler#load(String)} takes
     * @param scale enlargement of each side
     * @param isDefault whether it is the one taken for this scale when none is named
     */
    public record BuiltIn(String name, int scale, boolean isDefault) {}

    private Models() {}

    /** The built-in networks in the order of the index. */
    public static List<BuiltIn> list() throws IOException {
        List<BuiltIn> models = new ArrayList<>();
        try (InputStream in = Models.class.getResourceAsStream(INDEX)) {
            if (in == null) {
                return List.of();
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                StringTokenizer fields = new StringTokenizer(line, "\t");
                String name = fields.nextToken();
                int scale = Integer.parseInt(fields.nextToken());
                boolean isDefault = fields.hasMoreTokens() && fields.nextToken().equals(DEFAULT);
                models.add(new BuiltIn(name, scale, isDefault));
            }
        }
        return List.copyOf(models);
    }

    /**
     * The network taken for a scale when none is named.
     *
     * @throws UnknownModel if there is none of this scale; says which scales there are
     */
    public static BuiltIn defaultOf(int scale) throws IOException {
        List<BuiltIn> models = list();
        for (BuiltIn model : models) {
            if (model.scale() == scale && model.isDefault()) {
                return model;
            }
        }
        String scales = models.stream()
                .map(BuiltIn::scale)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        throw new UnknownModel("no built-in model enlarges " + scale + " times; "
                + (scales.isEmpty() ? "none is built in, name a model file" : scales + " times are possible"));
    }

    /**
     * A built-in network by its name, or a model file by its path. What exists as a file, contains a separator or ends
     * like a model file is a path.
     *
     * @throws UnknownModel if it is a name that no built-in network has; suggests the nearest one
     * @throws ModelRefused if it is a file that is missing, damaged or not read
     */
    public static Model open(String nameOrFile) throws IOException {
        return inspect(nameOrFile).model();
    }

    /**
     * Opens a network as {@link #open} does, and says what kind of file it lies in.
     *
     * @throws UnknownModel if it is a name that no built-in network has; suggests the nearest one
     * @throws ModelRefused if it is a file that is missing, damaged or not read
     */
    public static OpenedModel inspect(String nameOrFile) throws IOException {
        Path file = asFile(nameOrFile);
        if (file != null) {
            return ModelFile.inspect(file);
        }
        List<String> names = list().stream().map(BuiltIn::name).toList();
        if (!names.contains(nameOrFile)) {
            throw unknown(nameOrFile, names);
        }
        String resource = "models/" + nameOrFile + ENDING;
        try (InputStream in = Models.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is in the index but not among the resources");
            }
            Model model = ModelFile.read(in, nameOrFile + ENDING);
            return new OpenedModel(model, ModelFormat.SAFETENSORS, Precision.FLOAT32);
        }
    }

    private static @Nullable Path asFile(String nameOrFile) throws UnknownModel {
        try {
            Path path = Path.of(nameOrFile);
            boolean isFile = path.getNameCount() > 1
                    || path.isAbsolute()
                    || ModelFormat.ofName(nameOrFile).isPresent()
                    || (Files.exists(path) && !nameOrFile.isEmpty());
            return isFile ? path : null;
        } catch (InvalidPathException e) {
            throw new UnknownModel("neither a built-in model nor a file name: " + nameOrFile);
        }
    }

    private static UnknownModel unknown(String name, List<String> names) {
        String hint = Suggestion.nearest(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        return new UnknownModel("there is no built-in model '" + name + "'" + hint + " (built in: "
                + (names.isEmpty() ? "none" : String.join(", ", names)) + "; or name a model file)");
    }
}
