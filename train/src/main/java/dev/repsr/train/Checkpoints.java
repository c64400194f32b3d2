package dev.repsr.train;

import dev.repsr.format.ModelRefused;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: safetensors files with checksums in one folder, the newest few kept.
 *
 * @param folder of the run
 * @param keep how many of the newest stay
 */
public record Checkpoints(Path folder, int keep) {

    private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{9})\\.safetensors");

    /**
     * Writes one under its final name only when it is whole, then removes those that are too old, and those of later
     * iterations, which were passed over as damaged when the run was resumed.
     */
    Path save(long iteration, Safetensors state) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "checkpoint-%09d.safetensors", iteration));
        AtomicFile.write(file, state::write);
        List<Path> all = newestFirst();
        int saved = all.indexOf(file);
        for (int i = 0; i < all.size(); i++) {
            if (i < saved || i >= saved + keep) {
                Files.deleteIfExists(all.get(i));
            }
        }
        return file;
    }

    /**
     * The newest one that is whole.
     *
     * @param warning takes a sentence for each damaged one that is passed over
     * @throws IOException if there are some, but none can be read
     */
    Optional<Safetensors> newest(Consumer<String> warning) throws IOException {
        List<Path> all = newestFirst();
        for (Path file : all) {
            try {
                return Optional.of(Safetensors.read(file));
            } catch (ModelRefused e) {
                warning.accept(e.getMessage() + "; this checkpoint is passed over");
            }
        }
        if (!all.isEmpty()) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA, folder + ": none of its " + all.size() + " checkpoints can be read");
        }
        return Optional.empty();
    }

    /** Whether there is any. */
    boolean exist() throws IOException {
        return !newestFirst().isEmpty();
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Checkpoints::isCheckpoint)
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        }
    }

    /** The file of the newest one, whole or not. */
    public Optional<Path> newestFile() throws IOException {
        return newestFirst().stream().findFirst();
    }

    /** The iteration that a checkpoint's name says; nothing for a file of another name. */
    public static OptionalLong iteration(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }

    private static boolean isCheckpoint(Path file) {
        return iteration(file).isPresent();
    }
}
