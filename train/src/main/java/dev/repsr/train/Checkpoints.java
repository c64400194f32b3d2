package dev.repsr.train;

import dev.repsr.format.ModelRefused;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: safetensors files with checksums in one folder, the newest few kept.
 *
 * @param folder of the run
 * @param keep how many of the newest stay
 */
record Checkpoints(Path folder, int keep) {

    private static final String PREFIX = "checkpoint-";
    private static final String ENDING = ".safetensors";

    /** Writes one under its final name only when it is whole, then removes those that are too old. */
    Path save(long iteration, Safetensors state) throws IOException {
        Path file = folder.resolve(PREFIX + String.format(Locale.ROOT, "%09d", iteration) + ENDING);
        AtomicFile.write(file, state::write);
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(keep, all.size()), all.size())) {
            Files.deleteIfExists(old);
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
                warning.accept(e.getMessage() + "; the checkpoint before it is taken");
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

    private static boolean isCheckpoint(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(ENDING);
    }
}
