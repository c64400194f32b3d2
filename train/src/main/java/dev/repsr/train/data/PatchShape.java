package dev.repsr.train.data;

import dev.repsr.train.config.TrainConfig;
import java.util.stream.IntStream;

/**
 * What a batch looks like, or the share of it that one of several processes takes.
 *
 * @param scale enlargement
 * @param patch side of an LR patch in pixels
 * @param batch patches of the share
 * @param part which share it is, 0 for the first
 * @param parts how many shares a batch has
 * @param augment whether patches are turned and mirrored
 * @param permuteColours whether their colours change places
 */
public record PatchShape(
        int scale, int patch, int batch, int part, int parts, boolean augment, boolean permuteColours) {

    /** A whole batch. */
    public PatchShape(int scale, int patch, int batch, boolean augment, boolean permuteColours) {
        this(scale, patch, batch, 0, 1, augment, permuteColours);
    }

    /** That of a run. */
    public static PatchShape of(TrainConfig config) {
        TrainConfig.Data data = config.data();
        return new PatchShape(config.scale(), data.patch(), data.batch(), data.augment(), data.permuteColours());
    }

    /** One of as many even shares as {@code count} says; the patches of a batch must be a multiple of it. */
    public PatchShape share(int index, int count) {
        return new PatchShape(scale, patch, batch / count, index, count, augment, permuteColours);
    }

    /** Empty arrays of the right length. */
    Batch allocate() {
        int small = batch * 3 * patch * patch;
        return new Batch(new float[small], new float[small * scale * scale]);
    }

    /** Fills {@code target} with this share of batch number {@code iteration} of the order. */
    void fill(TrainingSet pictures, SampleOrder order, long iteration, Batch target) {
        long first = (iteration * parts + part) * batch;
        IntStream positions = IntStream.range(0, batch);
        // Spoiling costs more than a step of a small network; copying is not worth the other processors.
        (pictures.costly() ? positions.parallel() : positions)
                .forEach(k -> copy(pictures, order.at(first + k), k, target));
    }

    private void copy(TrainingSet pictures, Sample drawn, int position, Batch target) {
        int orientation = augment ? drawn.orientation() : 0;
        int colours = permuteColours ? drawn.colours() : 0;
        Sample sample = new Sample(drawn.picture(), drawn.x(), drawn.y(), orientation, colours, drawn.spoil());
        pictures.get(sample.picture()).copyPatch(sample, patch, scale, position, target.lr(), target.hr());
    }
}
