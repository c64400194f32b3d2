package dev.repsr.train.data;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.io.Sha256;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The training pictures, decoded once into memory, in the order of their paths. */
public final class TrainingSet {
    private static final double MAX_BAD_SHARE = 0.01;

    private final List<TrainingPair> pairs;

    private TrainingSet(List<TrainingPair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Reads all pictures below the folders: files with an ending of {@link ImageType}, not hidden.
     *
     * @param patch side of an LR patch: pictures that do not hold one are left out
     * @param warning takes a sentence for each picture that is left out
     * @throws ConfigRefused if a folder is missing or holds no picture, if more than one in a hundred cannot be read, or if
     *     none is large enough
     */
    public static TrainingSet load(List<Path> folders, int scale, int patch, Consumer<String> warning)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            files.addAll(pictures(folder));
        }
        List<Entry> entries = files.parallelStream()
                .map(file -> Entry.read(file, scale, patch))
                .toList();
        entries.stream()
                .map(Entry::problem)
                .filter(problem -> !problem.isEmpty())
                .forEach(warning);
        long bad = entries.stream().filter(Entry::unreadable).count();
        if (bad > MAX_BAD_SHARE * files.size()) {
            throw new ConfigRefused(
                    Kind.DATA, bad + " of " + files.size() + " training pictures cannot be read; remove or mend them");
        }
        List<TrainingPair> pairs =
                entries.stream().flatMap(entry -> entry.pairs().stream()).toList();
        if (pairs.isEmpty()) {
            throw new ConfigRefused(
                    Kind.DATA,
                    "none of the " + files.size() + " training pictures is at least " + patch * scale
                            + " pixels wide and high, which data.patch " + patch + " at scale " + scale + " needs");
        }
        return new TrainingSet(pairs);
    }

    /**
     * One file's outcome.
     *
     * @param pairs the pair, or none
     * @param problem why it is left out, empty if it is not
     */
    private record Entry(List<TrainingPair> pairs, String problem, boolean unreadable) {

        static Entry read(Path file, int scale, int patch) {
            Picture picture;
            try {
                picture = ImageReader.read(file, ImageLimits.defaults()).picture();
            } catch (ImageRefused e) {
                return new Entry(List.of(), Objects.requireNonNullElse(e.getMessage(), file.toString()), true);
            }
            if (picture.width() < patch * scale || picture.height() < patch * scale) {
                String problem = file + ": " + picture.width() + "x" + picture.height()
                        + " pixels are fewer than a patch needs, left out";
                return new Entry(List.of(), problem, false);
            }
            return new Entry(List.of(TrainingPair.of(picture, scale)), "", false);
        }
    }

    /** Picture files below a folder, in the order of their paths. */
    private static List<Path> pictures(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ConfigRefused(Kind.DATA, folder + ": there is no such folder of training pictures");
        }
        List<Path> pictures;
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            pictures = files.filter(file -> Files.isRegularFile(file)
                            && isPicture(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            String what = e.getCause() instanceof FileSystemLoopException ? "links to itself" : "cannot be listed";
            String where = e.getCause() instanceof FileSystemException inside ? " at " + inside.getFile() : "";
            throw new ConfigRefused(Kind.DATA, folder + ": this folder of training pictures " + what + where, e);
        }
        if (pictures.isEmpty()) {
            throw new ConfigRefused(Kind.DATA, folder + ": no pictures in this folder");
        }
        return pictures;
    }

    /** Hidden files are no pictures: some systems put one with the same ending beside each. */
    private static boolean isPicture(String name) {
        return !name.startsWith(".") && ImageType.ofName(name).isPresent();
    }

    /** Number of pictures. */
    public int size() {
        return pairs.size();
    }

    /**
     * SHA-256 over sizes and samples of all pictures in their order, 64 hexadecimal digits: with the configuration, all that
     * decides what a run computes.
     */
    public String digest() {
        // A digest of digests, so that the pictures can be taken in parallel.
        MessageDigest whole = Sha256.digest();
        pairs.parallelStream().map(TrainingPair::digest).toList().forEach(whole::update);
        return Sha256.hex(whole);
    }

    TrainingPair get(int index) {
        return pairs.get(index);
    }
}
