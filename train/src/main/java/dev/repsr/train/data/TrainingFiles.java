package dev.repsr.train.data;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A training picture's file and, in paired data, that of its low-resolution picture.
 *
 * @param lr null where it is made
 */
record TrainingFiles(PictureFile hr, @Nullable PictureFile lr) {

    /**
     * All of a run, folder after folder.
     *
     * @throws ConfigRefused also if a picture has no partner
     */
    static List<TrainingFiles> of(TrainingSetOptions options, PicturePlaces places) throws ConfigRefused {
        List<TrainingFiles> files = new ArrayList<>();
        for (int i = 0; i < options.train().size(); i++) {
            List<PictureFile> originals = places.list(options.train().get(i));
            if (options.lr().isEmpty()) {
                originals.forEach(original -> files.add(new TrainingFiles(original, null)));
            } else {
                Path place = options.lr().get(i);
                addPairs(originals, places.list(place), place, options.scale(), files);
            }
        }
        return spread(files, options.most());
    }

    private static List<TrainingFiles> spread(List<TrainingFiles> files, int most) {
        if (files.size() <= most) {
            return files;
        }
        return IntStream.range(0, most)
                .mapToObj(k -> files.get((int) ((long) k * files.size() / most)))
                .toList();
    }

    private static void addPairs(
            List<PictureFile> originals, List<PictureFile> small, Path place, int scale, List<TrainingFiles> files)
            throws ConfigRefused {
        Map<String, PictureFile> byKey = new HashMap<>();
        small.forEach(file -> byKey.putIfAbsent(file.key(), file));
        List<PictureFile> alone = new ArrayList<>();
        for (PictureFile original : originals) {
            PictureFile same = byKey.get(original.key());
            PictureFile partner = same == null ? byKey.get(original.key() + "x" + scale) : same;
            if (partner == null) {
                alone.add(original);
            } else {
                files.add(new TrainingFiles(original, partner));
            }
        }
        if (!alone.isEmpty()) {
            PictureFile first = alone.getFirst();
            throw new ConfigRefused(
                    Kind.DATA,
                    place + ": " + alone.size() + " of " + originals.size() + " pictures have no partner there; "
                            + first.name() + " needs one called " + first.key() + " or " + first.key() + "x" + scale);
        }
    }

    /**
     * Which of {@code count} pictures are measured instead of trained on: {@code held} of them, evenly spread, the first one
     * among them.
     */
    static Set<Integer> heldOut(int count, int held) {
        Set<Integer> indices = new HashSet<>();
        for (long k = 0; k < held; k++) {
            indices.add((int) (k * count / held));
        }
        return indices;
    }
}
