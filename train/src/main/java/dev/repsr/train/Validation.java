package dev.repsr.train;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import dev.repsr.network.Network;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.HeldOutPicture;
import dev.repsr.train.report.RunPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The validation sets of a run, measured with the network that would be shipped, merged, on the engine that would run it.
 *
 * @param sets in the order of the configuration, the pictures kept apart last
 * @param crops pieces that are shown
 */
record Validation(List<BenchmarkSet> sets, List<ValidationCrop> crops, Engine engine, int threads) {

    private static final long MEMORY = 1L << 30;
    private static final int CROPS = 4;
    private static final int CROPS_A_SET = 2;

    /**
     * What a network reached.
     *
     * @param sets a score for each set
     * @param crops what it made of the pieces that are shown
     */
    record Outcome(List<SetScore> sets, List<RunPage.Crop> crops) {}

    /** Reads the sets. */
    static Validation load(TrainConfig config, List<HeldOutPicture> heldOut) throws IOException {
        int scale = config.scale();
        List<BenchmarkSet> sets = folders(config);
        if (!heldOut.isEmpty()) {
            sets.add(new BenchmarkSet(
                    RunPictures.HELD_OUT,
                    scale,
                    heldOut.stream()
                            .map(picture -> BenchmarkImage.of(picture.name(), picture.hr(), picture.lr(), scale))
                            .toList()));
        }
        List<ValidationCrop> crops = sets.stream()
                .flatMap(set -> set.images().stream()
                        .limit(CROPS_A_SET)
                        .map(image -> ValidationCrop.of(set.name(), image, scale)))
                .limit(CROPS)
                .toList();
        return new Validation(sets, crops, Engines.choose("auto"), config.threads());
    }

    /** The sets of {@code validation.sets}. */
    static List<BenchmarkSet> folders(TrainConfig config) throws IOException {
        List<BenchmarkSet> sets = new ArrayList<>();
        for (Path folder : config.validation().sets()) {
            try {
                sets.add(BenchmarkSet.load(folder, null, config.scale(), config.scale()));
            } catch (ImageRefused e) {
                throw new ConfigRefused(ConfigRefused.Kind.DATA, "validation.sets: " + e.getMessage(), e);
            }
        }
        return sets;
    }

    /** Names of the sets. */
    List<String> names() {
        return sets.stream().map(BenchmarkSet::name).toList();
    }

    /** Measures a network. */
    Outcome measure(Network network) throws IOException {
        PreparedNetwork prepared = engine.prepare(network);
        List<SetScore> scores = new ArrayList<>();
        List<RunPage.Crop> shown = new ArrayList<>();
        for (BenchmarkSet set : sets) {
            scores.add(set.score(
                    lr -> {
                        try (EnlargedRows rows = new EnlargedRows(prepared, lr.rows(), threads, MEMORY)) {
                            return Picture.read(rows);
                        }
                    },
                    (image, sr) -> show(set, image, sr, shown)));
        }
        return new Outcome(scores, shown);
    }

    private void show(BenchmarkSet set, BenchmarkImage image, Picture sr, List<RunPage.Crop> shown) {
        for (ValidationCrop crop : crops) {
            if (crop.set().equals(set.name()) && crop.image().equals(image.name())) {
                shown.add(new RunPage.Crop(
                        set.name() + ", " + image.name(), crop.bicubic(), crop.of(sr), crop.original()));
            }
        }
    }
}
