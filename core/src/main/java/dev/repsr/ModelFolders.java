package dev.repsr;

import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.format.OpenedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Folders whose model files are known by name: a file's name without its ending. Only files that lie in a folder itself count; what a
 * link names may be anywhere, so links are not followed.
 *
 * @param folders that may be missing
 */
public record ModelFolders(List<Path> folders) {
    /** Environment variable: folders, separated as the system does it. */
    public static final String VARIABLE = "REPSR_MODELS";

    /** System property: where the program lies; its folder "models" is one of these. */
    public static final String HOME = "repsr.home";

    private static final String MODELS = "models";

    /** Copies the list. */
    public ModelFolders {
        folders = List.copyOf(folders);
    }

    /**
     * A model file in one of the folders.
     *
     * @param name its name without ending
     */
    public record Entry(String name, Path file) {
        /** Reads it; throws as {@link ModelFile#inspect} does. */
        public OpenedModel open() throws IOException {
            if (Files.isSymbolicLink(file)) {
                throw new ModelRefused(
                        Reason.UNSUPPORTED,
                        file + ": a link, which is not followed in a folder of models; copy the file");
            }
            return ModelFile.inspect(file);
        }
    }

    /**
     * Those in {@value #VARIABLE}, the user's own, which is where the system keeps a user's data, and the one beside the program.
     *
     * @param environment variables
     * @param properties of the system
     */
    static ModelFolders of(Map<String, String> environment, Properties properties) {
        List<Path> folders = new ArrayList<>();
        Arrays.stream(environment.getOrDefault(VARIABLE, "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .forEach(folders::add);
        data(environment, properties).ifPresent(data -> folders.add(data.resolve("repsr", MODELS)));
        Optional.ofNullable(properties.getProperty(HOME))
                .ifPresent(home -> folders.add(Path.of(home).resolve(MODELS)));
        return new ModelFolders(folders);
    }

    /** Those of this process. */
    public static ModelFolders ofUser() {
        return of(System.getenv(), System.getProperties());
    }

    /** Where programs keep what belongs to a user. */
    private static Optional<Path> data(Map<String, String> environment, Properties properties) {
        String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Optional<Path> home =
                Optional.ofNullable(properties.getProperty("user.home")).map(Path::of);
        if (system.startsWith("windows")) {
            return Optional.ofNullable(environment.get("LOCALAPPDATA")).map(Path::of);
        }
        if (system.startsWith("mac")) {
            return home.map(path -> path.resolve("Library", "Application Support"));
        }
        // What is not absolute does not count, as the standard for this variable says.
        return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> home.map(path -> path.resolve(".local", "share")));
    }

    /**
     * All model files, folder by folder and by name; folders that are not there have none. A folder that is named twice counts once.
     *
     * @throws ModelRefused if a folder cannot be read
     */
    public List<Entry> entries() throws IOException {
        List<Path> seen = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                Path real = folder.toRealPath();
                if (!seen.contains(real)) {
                    seen.add(real);
                    entries.addAll(entriesOf(folder));
                }
            }
        }
        return entries;
    }

    private static List<Entry> entriesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> ModelFormat.ofName(nameOf(file)).isPresent())
                    .map(file -> new Entry(ModelFormat.stem(nameOf(file)), file))
                    .sorted(Comparator.comparing(entry -> entry.file().toString()))
                    .toList();
        } catch (IOException e) {
            throw new ModelRefused(Reason.MISSING, folder + ": this folder of models cannot be read", e);
        }
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The model files of this name, which is compared and never made a path. */
    List<Entry> named(String name) throws IOException {
        return entries().stream().filter(entry -> entry.name().equals(name)).toList();
    }
}
