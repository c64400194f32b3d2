package dev.repsr.train.data;

import dev.repsr.io.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** What patches are drawn from. */
sealed interface TrainingPicture permits TrainingPair, SpoiltPicture {

    /** The original; its sides are multiples of the scale. */
    StoredPicture hr();

    /** Copies the oriented patch into two batches, [N, 3, patch, patch] and [N, 3, patch * scale, patch * scale] in 0..1. */
    void copyPatch(Sample sample, int patch, int scale, int position, float[] lrBatch, float[] hrBatch);

    /** SHA-256 over width, height and samples of all that is not made of the original by a fixed rule. */
    byte[] digest();

    /** The digest begun with the original. */
    default MessageDigest digestOfOriginal() {
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(8)
                .putInt(hr().width())
                .putInt(hr().height())
                .array());
        hr().update(digest);
        return digest;
    }

    /** Copies an oriented square of a stored picture. */
    static void copy(StoredPicture picture, int left, int top, int side, Sample sample, float[] batch, int position) {
        picture.requireInside(left, top, side, side);
        int plane = side * side;
        int base = position * 3 * plane;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int source = Orientation.source(sample.orientation(), x, y, side);
                int fromX = left + source % side;
                int fromY = top + source / side;
                for (int c = 0; c < 3; c++) {
                    batch[base + c * plane + y * side + x] = picture.sample(fromX, fromY, sample.colour(c)) / 255f;
                }
            }
        }
    }
}
