package dev.repsr.train.study;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.ImageScore;
import dev.repsr.train.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The folder that a run of a study works in.
 *
 * @param folder may not exist yet
 */
record RunFiles(Path folder) {
    private static final String MODEL = ".safetensors";

    /** Iteration of the newest checkpoint. */
    OptionalLong checkpoint() throws IOException {
        Optional<Path> newest = newest();
        return newest.isEmpty() ? OptionalLong.empty() : Checkpoints.iteration(newest.get());
    }

    private Optional<Path> newest() throws IOException {
        return new Checkpoints(folder, 1).newestFile();
    }

    /** Removes all of it. */
    void clear() throws IOException {
        remove(file -> true);
    }

    /** Removes all but the model's file, or that too. */
    void keepModel(boolean keep) throws IOException {
        remove(file -> !(keep && isModel(file)));
    }

    private static boolean isModel(Path file) {
        return file.getFileName().toString().endsWith(MODEL)
                && Checkpoints.iteration(file).isEmpty();
    }

    private interface Choice {
        boolean goes(Path file);
    }

    /** Folders go when they are empty then. */
    private void remove(Choice choice) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        boolean empty = true;
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.toList();
        }
        for (Path file : all) {
            if (choice.goes(file)) {
                Files.delete(file);
            } else {
                empty = false;
            }
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    /**
     * PSNR of Y of the newest checkpoint's network where each picture is normalised by its own statistics, set by set.
     *
     * @return nothing for a network without batch normalisation, or whose blocks have it where that means nothing
     */
    Map<String, List<Double>> ownStatistics(List<BenchmarkSet> sets) throws IOException {
        Optional<Path> newest = newest();
        if (newest.isEmpty()) {
            return Map.of();
        }
        TrainingNetwork network = TrainingFile.read(newest.get()).network();
        if (!OwnStatistics.isPossible(network.topology())) {
            return Map.of();
        }
        OwnStatistics own = new OwnStatistics(network);
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (BenchmarkSet set : sets) {
            List<ImageScore> images = set.score(own::enlarge, (image, sr) -> {}).images();
            scores.put(
                    set.name(),
                    images.stream()
                            .map(image -> RunRecord.rounded(image.psnrY()))
                            .toList());
        }
        return scores;
    }
}
