package dev.repsr.train.data;

import dev.repsr.image.Picture;
import java.security.MessageDigest;

/**
 * A training picture and its reduction, whether made by the metric's own bicubic or given.
 *
 * @param hr sides are multiples of the scale
 * @param lr smaller by the scale
 * @param given whether {@code lr} came from a file of its own
 */
record TrainingPair(StoredPicture hr, StoredPicture lr, boolean given) implements TrainingPicture {

    /** A pair in memory whose reduction follows from the original. */
    static TrainingPair of(Picture hr, Picture lr) {
        return new TrainingPair(StoredPicture.inMemory(hr), StoredPicture.inMemory(lr), false);
    }

    @Override
    public byte[] digest() {
        MessageDigest digest = digestOfOriginal();
        if (given) {
            lr.update(digest);
        }
        return digest.digest();
    }

    @Override
    public void copyPatch(Sample sample, int patch, int scale, int position, float[] lrBatch, float[] hrBatch) {
        int x = (int) (sample.x() * (lr.width() - patch + 1));
        int y = (int) (sample.y() * (lr.height() - patch + 1));
        TrainingPicture.copy(lr, x, y, patch, sample, lrBatch, position);
        TrainingPicture.copy(hr, x * scale, y * scale, patch * scale, sample, hrBatch, position);
    }
}
