package dev.repsr.train.data;

import dev.repsr.train.config.TrainConfig;

/**
 * What a batch looks like.
 *
 * @param scale enlargement
 * @param patch side of an LR patch in pixels
 * @param batch patches a batch
 * @param augment whether patches are turned and mirrored
 * @param permuteColours whether their colours change places
 */
public record PatchShape(int scale, int patch, int batch, boolean augment, boolean permuteColours) {

    /** That of a run. */
    public static PatchShape of(TrainConfig config) {
        TrainConfig.Data data = config.data();
        return new PatchShape(config.scale(), data.patch(), data.batch(), data.augment(), data.permuteColours());
    }

    /** Empty arrays of the right length. */
    Batch allocate() {
        int small = batch * 3 * patch * patch;
        return new Batch(new float[small], new float[small * scale * scale]);
    }

    /** Fills {@code target} with batch number {@code iteration} of the order. */
    void fill(TrainingSet pictures, SampleOrder order, long iteration, Batch target) {
        for (int k = 0; k < batch; k++) {
            Sample drawn = order.at(iteration * batch + k);
            int orientation = augment ? drawn.orientation() : 0;
            int colours = permuteColours ? drawn.colours() : 0;
            Sample sample = new Sample(drawn.picture(), drawn.x(), drawn.y(), orientation, colours, drawn.spoil());
            pictures.get(sample.picture()).copyPatch(sample, patch, scale, k, target.lr(), target.hr());
        }
    }
}
