package dev.repsr.train;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import dev.repsr.network.Network;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The validation sets of a run, measured with the network that would be shipped, merged, on the engine that would run it.
 *
 * @param sets in the order of the configuration
 */
record Validation(List<BenchmarkSet> sets, Engine engine, int threads) {

    private static final long MEMORY = 1L << 30;

    /** Reads the sets. */
    static Validation load(TrainConfig config) throws IOException {
        List<BenchmarkSet> sets = new ArrayList<>();
        for (Path folder : config.validation().sets()) {
            try {
                sets.add(BenchmarkSet.load(folder, null, config.scale(), config.scale()));
            } catch (ImageRefused e) {
                throw new ConfigRefused(ConfigRefused.Kind.DATA, "validation.sets: " + e.getMessage(), e);
            }
        }
        return new Validation(sets, Engines.choose("auto"), config.threads());
    }

    /** Names of the sets. */
    List<String> names() {
        return sets.stream().map(BenchmarkSet::name).toList();
    }

    /** Scores of a network, a set each. */
    List<SetScore> scores(Network network) throws IOException {
        PreparedNetwork prepared = engine.prepare(network);
        List<SetScore> scores = new ArrayList<>();
        for (BenchmarkSet set : sets) {
            scores.add(set.score(
                    lr -> {
                        try (EnlargedRows rows = new EnlargedRows(prepared, lr.rows(), threads, MEMORY)) {
                            return Picture.read(rows);
                        }
                    },
                    (image, sr) -> {}));
        }
        return scores;
    }
}
