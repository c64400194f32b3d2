package dev.repsr.app;

import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each input's picture goes, settled before anything is computed.
 *
 * @param folder all outputs go there, if not null
 * @param file the single output goes there, if not null
 * @param standardOutput the single output goes to standard output
 * @param type format of all outputs; null: that of each input
 */
record OutputPlan(
        @Nullable Path folder,
        @Nullable Path file,
        boolean standardOutput,
        @Nullable ImageType type) {

    /** What stands for standard input and standard output. */
    static final String STANDARD = "-";

    /** What is said of a file without a name: it would be the folder one is in. */
    static final String EMPTY_NAME = "an empty name names no file; is a variable of the shell not set?";

    /**
     * One input and what becomes of it.
     *
     * @param input as it was given
     * @param output where it goes; "-" is standard output
     * @param type format to write
     */
    record Target(String input, String output, ImageType type) {
        boolean isFromStandardInput() {
            return input.equals(STANDARD);
        }

        boolean isToStandardOutput() {
            return output.equals(STANDARD);
        }

        Path inputFile() {
            return Path.of(input);
        }

        Path outputFile() {
            return Path.of(output);
        }
    }

    /**
     * The plan for what was asked.
     *
     * @param many whether an input is a folder or an archive, so that the output is a folder too
     * @throws CommandFailure if the wishes contradict each other
     */
    static OutputPlan of(
            List<String> inputs, @Nullable String output, @Nullable String format, boolean json, boolean many)
            throws CommandFailure {
        for (String input : inputs) {
            requirePath(input);
        }
        boolean same = "same".equals(format);
        ImageType wanted = format == null || same ? null : writable(format, "-f " + format);
        boolean standard = output == null ? inputs.contains(STANDARD) : output.equals(STANDARD);
        if ((many || inputs.size() > 1) && (inputs.contains(STANDARD) || standard)) {
            throw CommandFailure.usage(
                    "standard input and output are for one picture, not for several, a folder or an archive");
        }
        if (standard && json) {
            throw CommandFailure.usage("--json and the picture cannot both go to standard output; name a file with -o");
        }
        if (same && inputs.contains(STANDARD)) {
            throw CommandFailure.usage("-f same needs an input file; name the format of standard output");
        }
        ImageType otherwise = same ? null : ImageType.PNG;
        if (output == null || standard) {
            return new OutputPlan(null, null, standard, wanted == null ? otherwise : wanted);
        }
        Path path = requirePath(output);
        if ((many || inputs.size() > 1) && isOneFile(output)) {
            throw CommandFailure.usage(
                    "-o " + output + " is one file, and what is written here needs a folder; for a folder of"
                            + " that name write " + output + "/");
        }
        if (many || inputs.size() > 1 || Files.isDirectory(path) || output.endsWith("/") || output.endsWith("\\")) {
            return new OutputPlan(path, null, false, wanted == null ? otherwise : wanted);
        }
        return new OutputPlan(null, path, false, typeOf(path, wanted, same, inputs.getFirst()));
    }

    /** Whether a name is a file's, by what is there or else by its ending. */
    private static boolean isOneFile(String name) {
        Path path = Path.of(name);
        boolean ending = ImageType.ofName(name).isPresent() || FolderPlanner.isComic(name);
        return Files.isRegularFile(path) || (ending && !Files.isDirectory(path) && !name.endsWith("/"));
    }

    private static ImageType typeOf(Path file, @Nullable ImageType wanted, boolean same, String input)
            throws CommandFailure {
        String name = String.valueOf(file.getFileName());
        boolean hasEnding = name.lastIndexOf('.') > 0;
        if (!hasEnding && wanted != null) {
            return wanted;
        }
        if (!hasEnding && !same) {
            throw CommandFailure.usage("-o " + file
                    + ": its ending says no format; end it with .png or .jpg, say, or add -f png or -f jpg");
        }
        ImageType ending = hasEnding ? writable(name, "-o " + file) : sameAs(input);
        ImageType asked = same ? sameAs(input) : wanted;
        if (asked != null && asked != ending) {
            throw CommandFailure.usage("-o " + file + " ends as " + ending.title() + ", but -f asks for "
                    + asked.title() + "; both must agree");
        }
        return ending;
    }

    private static ImageType writable(String nameOrEnding, String option) throws CommandFailure {
        Optional<ImageType> type = ImageType.ofName(nameOrEnding).filter(ImageType::writable);
        return type.orElseThrow(() -> CommandFailure.usage(
                option + ": this format is not written; png, jpg, webp, tiff and gif are allowed"));
    }

    private static ImageType sameAs(String input) {
        return ImageType.ofName(input).filter(ImageType::writable).orElse(ImageType.PNG);
    }

    private static Path requirePath(String text) throws CommandFailure {
        if (text.isEmpty()) {
            throw CommandFailure.usage(EMPTY_NAME);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("'" + text + "' cannot be the name of a file");
        }
    }

    /** Whether no output has a quality to choose: it is for JPEG and WebP. */
    boolean neverHasQuality() {
        return type != null && type != ImageType.JPEG && type != ImageType.WEBP;
    }

    /**
     * What becomes of all inputs.
     *
     * @param suffix what names of outputs end with, such as x4
     * @throws CommandFailure if two outputs would have the same name
     */
    List<Target> targets(List<String> inputs, String suffix) throws CommandFailure {
        List<Target> targets = new ArrayList<>();
        Map<Path, String> inputOf = new HashMap<>();
        for (String input : inputs) {
            Target target = target(input, suffix);
            targets.add(target);
            String other = inputOf.put(target.outputFile().toAbsolutePath().normalize(), input);
            if (other != null) {
                throw CommandFailure.usage(other + " and " + input + " would both become " + target.output()
                        + "; enlarge them one after the other");
            }
        }
        return targets;
    }

    /** Makes the folder for the outputs if one was named that does not exist. */
    void createFolder() throws IOException {
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (FileAlreadyExistsException e) {
                throw new IOException("Cannot write to " + folder + ": it is not a folder", e);
            } catch (IOException e) {
                throw new IOException("Cannot make the folder " + folder + ": " + e.getMessage(), e);
            }
        }
    }

    private Target target(String input, String suffix) {
        ImageType chosen = typeFor(input);
        if (standardOutput) {
            return new Target(input, STANDARD, chosen);
        }
        if (file != null) {
            return new Target(input, file.toString(), chosen);
        }
        Path source = Path.of(input.equals(STANDARD) ? "stdin" : input);
        String name = nameOf(String.valueOf(source.getFileName()), suffix, chosen.extension());
        Path output = folder == null ? source.resolveSibling(name) : folder.resolve(name);
        return new Target(input, output.toString(), chosen);
    }

    /** The type to write for an input of this name. */
    ImageType typeFor(String name) {
        return type == null ? sameAs(name) : type;
    }

    /** Name of an output: photo.jpg becomes photo_x4.png. */
    static String nameOf(String name, String suffix, String ending) {
        return stem(name) + "_" + suffix + "." + ending;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
