package dev.repsr.app;

import dev.repsr.OutputRefused;
import dev.repsr.app.folder.FolderInputs;
import dev.repsr.app.folder.FolderTask;
import dev.repsr.image.ImageType;
import dev.repsr.image.RawPhotograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles the outputs of a run whose inputs are folders and comic archives, perhaps beside single pictures. The pictures of one folder
 * lie in the output folder as they lay in it; of several inputs, each folder has its own name there.
 */
final class FolderPlanner {
    private static final String COMIC = ".cbz";

    private final OutputPlan plan;
    private final String suffix;
    private final boolean recursive;
    private final boolean sameByDefault;
    private final Map<Path, Group> groups = new LinkedHashMap<>();
    private final Map<Path, String> inputOf = new HashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int passedOver;
    private int subfolders;

    /**
     * Outputs that lie below one folder.
     *
     * @param root that folder
     * @param remembered whether a journal is kept in it
     */
    record Group(Path root, boolean remembered, List<FolderTask> tasks) {}

    /** An input that cannot have an output. */
    record Refusal(FolderTask task, IOException why) {}

    /** @param formatGiven whether the format was chosen; otherwise pages of comics keep theirs */
    FolderPlanner(OutputPlan plan, String suffix, boolean recursive, boolean formatGiven) {
        this.plan = plan;
        this.suffix = suffix;
        this.recursive = recursive;
        this.sameByDefault = !formatGiven;
    }

    /** Whether the inputs are such a run. */
    static boolean isNeeded(List<String> inputs) {
        return inputs.stream().anyMatch(input -> isComic(input) || isFolder(input));
    }

    /** What cannot be a name at all is told elsewhere. */
    static boolean isFolder(String input) {
        try {
            return Files.isDirectory(Path.of(input));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static boolean isComic(String input) {
        return input.toLowerCase(Locale.ROOT).endsWith(COMIC);
    }

    /**
     * Adds an input.
     *
     * @param alone whether it is the only one
     * @throws CommandFailure if a folder's output would lie in itself
     * @throws IOException if a folder cannot be read
     */
    void add(String input, boolean alone) throws CommandFailure, IOException {
        Path path = Path.of(input);
        if (Files.isDirectory(path)) {
            addFolder(path, alone);
            return;
        }
        Path folder = plan.folder() != null ? plan.folder() : parent(path);
        String name = String.valueOf(path.getFileName());
        Path output = plan.file() != null ? plan.file() : folder.resolve(outputName(name));
        long bytes = Files.isRegularFile(path) ? Files.size(path) : 0;
        add(folder, plan.folder() != null, new FolderTask(path, name, output, typeFor(name), bytes));
    }

    private void addFolder(Path path, boolean alone) throws CommandFailure, IOException {
        Path real = path.toRealPath();
        String folderName =
                real.getFileName() == null ? "pictures" : real.getFileName().toString();
        Path root = plan.folder() != null
                ? plan.folder()
                : parent(path.getFileName() == null || path.endsWith("..") || path.endsWith(".") ? real : path)
                        .resolve(folderName + "_" + suffix);
        if (Files.exists(root) && Files.isSameFile(root, path)) {
            throw CommandFailure.usage("-o " + root + " is the folder that is read; name another one");
        }
        FolderInputs found = FolderInputs.of(path, recursive, root);
        passedOver += found.passedOver();
        subfolders += found.subfolders();
        Path into = alone || plan.folder() == null ? root : root.resolve(folderName);
        for (FolderInputs.Found file : found.files()) {
            Path within = into.resolve(file.name());
            Path output = within.resolveSibling(outputName(String.valueOf(within.getFileName())));
            add(root, true, new FolderTask(file.file(), file.name(), output, typeFor(file.name()), file.bytes()));
        }
        groups.computeIfAbsent(root, folder -> new Group(folder, true, new ArrayList<>()));
    }

    private void add(Path root, boolean remembered, FolderTask task) {
        if (RawPhotograph.isOne(task.input())) {
            // Its name is that of the picture which the camera, or whoever developed it, has put beside it.
            refusals.add(new Refusal(task, RawPhotograph.refusal(task.input().toString())));
            return;
        }
        String other = inputOf.putIfAbsent(
                task.output().toAbsolutePath().normalize(), task.input().toString());
        if (other != null) {
            refusals.add(new Refusal(
                    task,
                    new OutputRefused(
                            OutputRefused.Reason.TAKEN,
                            task.input() + " would become " + task.output() + ", as " + other
                                    + " does; give one of them another name")));
            return;
        }
        groups.computeIfAbsent(root, folder -> new Group(folder, remembered, new ArrayList<>()))
                .tasks()
                .add(task);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private String outputName(String name) {
        return isComic(name)
                ? OutputPlan.nameOf(name, suffix, COMIC.substring(1))
                : OutputPlan.nameOf(name, suffix, plan.typeFor(name).extension());
    }

    private @Nullable ImageType typeFor(String name) {
        return isComic(name) && sameByDefault ? null : plan.typeFor(name);
    }

    /** The outputs by folder. */
    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    /** Inputs whose output is another's. */
    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** What was not taken, in one sentence; empty if there was none. */
    String passedOver() {
        String files = passedOver == 0
                ? ""
                : passedOver + (passedOver == 1 ? " file that is" : " files that are") + " no picture passed over";
        String folders = subfolders == 0
                ? ""
                : subfolders + (subfolders == 1 ? " subfolder" : " subfolders") + " not entered"
                        + (recursive ? "" : " (-r enters them)");
        return files.isEmpty() || folders.isEmpty() ? files + folders : files + ", " + folders;
    }
}
