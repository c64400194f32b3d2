package dev.repsr;

import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelMix;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/**
 * The models that have a name: those that come with the library, and those in the user's folders ({@link ModelFolders}). The first lie
 * beside this class as {@code models/NAME.safetensors}; the file {@code models/index.tsv} names them, one a line: name, scale, and in a
 * third column the words for what it is the best of its scale: "default" and {@link ShortName}s.
 */
public final class Models {
    /** The scale of a short name where none is asked for. */
    public static final int USUAL_SCALE = 4;

    private static final String INDEX = "models/index.tsv";
    private static final String ENDING = ".safetensors";
    private static final String DEFAULT = "default";

    /**
     * One built-in network.
     *
     * @param name what {@link Upscaler#load(String)} takes
     * @param scale enlargement of each side
     * @param isDefault whether it is the one taken for this scale when none is named
     * @param shortNames what it is the best for, of those of its scale
     */
    public record BuiltIn(String name, int scale, boolean isDefault, Set<ShortName> shortNames) {
        /** Copies the set. */
        public BuiltIn {
            shortNames = Set.copyOf(shortNames);
        }
    }

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
                models.add(builtIn(line));
            }
        }
        return List.copyOf(models);
    }

    private static BuiltIn builtIn(String line) {
        StringTokenizer fields = new StringTokenizer(line, "\t ");
        String name = fields.nextToken();
        int scale = Integer.parseInt(fields.nextToken());
        boolean isDefault = false;
        Set<ShortName> shortNames = EnumSet.noneOf(ShortName.class);
        while (fields.hasMoreTokens()) {
            String word = fields.nextToken();
            if (word.equals(DEFAULT)) {
                isDefault = true;
            } else {
                shortNames.add(ShortName.of(word)
                        .orElseThrow(() -> new IllegalStateException(INDEX + " has the word " + word)));
            }
        }
        return new BuiltIn(name, scale, isDefault, shortNames);
    }

    /**
     * The network taken for a scale when none is named.
     *
     * @throws UnknownModel if there is none of this scale; says which scales there are
     */
    public static BuiltIn defaultOf(int scale) throws IOException {
        List<BuiltIn> models = list().stream().filter(BuiltIn::isDefault).toList();
        return models.stream()
                .filter(model -> model.scale() == scale)
                .findFirst()
                .orElseThrow(() -> new UnknownModel("no built-in model enlarges " + scale + " times; "
                        + (models.isEmpty()
                                ? "none is built in, name a model file"
                                : scales(models) + " times are possible")));
    }

    private static String scales(List<BuiltIn> models) {
        return models.stream()
                .map(BuiltIn::scale)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    /**
     * The best network of a scale for something.
     *
     * @throws UnknownModel if there is none; says for which scales there are, or what to take instead
     */
    public static BuiltIn best(ShortName purpose, int scale) throws IOException {
        List<BuiltIn> models = allFor(purpose);
        return models.stream()
                .filter(model -> model.scale() == scale)
                .findFirst()
                .orElseThrow(() -> new UnknownModel("no built-in model for '" + purpose.word() + "' enlarges " + scale
                        + " times; " + scales(models) + " times are possible"));
    }

    /**
     * The best networks for something, one of each scale that has one.
     *
     * @throws UnknownModel if there is none at all; says what to take instead
     */
    static List<BuiltIn> allFor(ShortName purpose) throws IOException {
        List<BuiltIn> models = list().stream()
                .filter(model -> model.shortNames().contains(purpose))
                .toList();
        if (models.isEmpty()) {
            throw new UnknownModel("no model for '" + purpose.word() + "' is built in yet; take -m "
                    + ShortName.CLEAN.word() + ", or name a model file that is made for it");
        }
        return models;
    }

    /** Whether this is a name: a short one, that of a built-in network, or of a file in a folder of models. */
    public static boolean isName(String text) throws IOException {
        return ShortName.of(text).isPresent()
                || list().stream().anyMatch(model -> model.name().equals(text))
                || !ModelFolders.ofUser().named(text).isEmpty();
    }

    /**
     * A model by its name, or a model file by its path. What contains a separator or ends like a model file is a path. Else it is a {@link
     * ShortName}, of scale {@link #USUAL_SCALE}, the name of a built-in network, that of a file in a folder of models, or a file
     * without an ending, and the first of these that it can be: a file never changes what a built-in name means.
     *
     * @throws UnknownModel if it is a name that no model has, or more than one file; suggests the nearest one
     * @throws ModelRefused if it is a file that is missing, damaged or not read
     */
    public static Model open(String nameOrFile) throws IOException {
        return inspect(nameOrFile, USUAL_SCALE).model();
    }

    /** Opens a model as {@link #open(String)} does, a short name for this scale. */
    public static Model open(String nameOrFile, int scale) throws IOException {
        return inspect(nameOrFile, scale).model();
    }

    /**
     * The mix of a model and the one that its metadata names as its partner, the {@link ModelFile#STRONGER} or the {@link
     * ModelFile#MILDER} one. A partner is a name, of a file beside the model's own or as {@link #open(String)} takes it, and never a path.
     *
     * @param strength how much noise is removed: 0 as the milder of them does, 1 as the stronger
     * @throws UnknownModel if the model names no partner, or the partner is not there
     * @throws ModelRefused if the two differ in shape; otherwise as {@link #open(String)}
     */
    public static Model denoised(String nameOrFile, double strength) throws IOException {
        Model model = open(nameOrFile);
        String name = model.name() + "-denoise-" + strength;
        String stronger = model.metadata().get(ModelFile.STRONGER);
        if (stronger != null) {
            return ModelMix.of(name, model, partner(nameOrFile, stronger), strength);
        }
        String milder = model.metadata().get(ModelFile.MILDER);
        if (milder != null) {
            return ModelMix.of(name, partner(nameOrFile, milder), model, strength);
        }
        throw new UnknownModel("how much noise " + model.name()
                + " removes cannot be chosen, since it names no milder or stronger model; take one of a pair");
    }

    private static Model partner(String nameOrFile, String partner) throws IOException {
        Path path = asPath(nameOrFile);
        List<ModelFolders.Entry> beside = Files.isRegularFile(path)
                ? new ModelFolders(List.of(path.toAbsolutePath().resolveSibling(""))).named(partner)
                : List.of();
        if (beside.size() == 1) {
            return beside.getFirst().open().model();
        }
        if (ShortName.of(partner).isPresent() || !isName(partner)) {
            throw new UnknownModel(nameOrFile + " is one of a pair, and the other, '" + partner
                    + "', is neither beside it nor in a folder of models");
        }
        return open(partner);
    }

    /** Opens a model as {@link #open(String)} does, and says what kind of file it lies in. */
    public static OpenedModel inspect(String nameOrFile) throws IOException {
        return inspect(nameOrFile, USUAL_SCALE);
    }

    private static OpenedModel inspect(String nameOrFile, int scale) throws IOException {
        Path path = asPath(nameOrFile);
        if (path.getNameCount() > 1
                || path.isAbsolute()
                || ModelFormat.ofName(nameOrFile).isPresent()) {
            return ModelFile.inspect(path);
        }
        Optional<ShortName> purpose = ShortName.of(nameOrFile);
        if (purpose.isPresent()) {
            return resource(best(purpose.get(), scale).name());
        }
        List<String> names = list().stream().map(BuiltIn::name).toList();
        if (names.contains(nameOrFile)) {
            return resource(nameOrFile);
        }
        List<ModelFolders.Entry> entries = ModelFolders.ofUser().named(nameOrFile);
        if (entries.size() > 1) {
            throw new UnknownModel(entries.size() + " models are called '" + nameOrFile + "': "
                    + entries.stream().map(entry -> entry.file().toString()).collect(Collectors.joining(", "))
                    + "; name the file that is meant");
        }
        if (!entries.isEmpty()) {
            return entries.getFirst().open();
        }
        if (!nameOrFile.isEmpty() && Files.exists(path)) {
            return ModelFile.inspect(path);
        }
        throw unknown(nameOrFile, names);
    }

    private static OpenedModel resource(String name) throws IOException {
        String resource = "models/" + name + ENDING;
        try (InputStream in = Models.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is in the index but not among the resources");
            }
            Model model = ModelFile.read(in, name + ENDING);
            return new OpenedModel(model, ModelFormat.SAFETENSORS, Precision.FLOAT32);
        }
    }

    private static Path asPath(String nameOrFile) throws UnknownModel {
        try {
            return Path.of(nameOrFile);
        } catch (InvalidPathException e) {
            throw new UnknownModel("neither a built-in model nor a file name: " + nameOrFile);
        }
    }

    private static UnknownModel unknown(String name, List<String> builtIn) throws IOException {
        List<String> others = ModelFolders.ofUser().entries().stream()
                .map(ModelFolders.Entry::name)
                .toList();
        List<String> all = new ArrayList<>(builtIn);
        all.addAll(others);
        String hint = Suggestion.nearest(name, all)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        return new UnknownModel("there is no built-in model '" + name + "' and none in a folder of models" + hint
                + " (built in: " + (builtIn.isEmpty() ? "none" : String.join(", ", builtIn))
                + (others.isEmpty() ? "" : "; in folders: " + String.join(", ", others)) + "; short names: "
                + ShortName.words() + "; or name a model file)");
    }
}
