package dev.repsr.train.data;

import dev.repsr.train.degrade.PhotoDegradation;
import dev.repsr.train.degrade.Planes;

/**
 * A training picture whose patches are spoilt anew each time they are drawn. What is spoilt is a little larger than the patch,
 * so that the grid of JPEG's blocks lies now here, now there.
 *
 * @param hr sides are multiples of the scale
 */
record SpoiltPicture(StoredPicture hr, PhotoDegradation degradation) implements TrainingPicture {
    /** LR pixels: half a block of JPEG; turning and mirroring does the rest. */
    private static final int MARGIN = 4;

    @Override
    public byte[] digest() {
        return digestOfOriginal().digest();
    }

    @Override
    public void copyPatch(Sample sample, int patch, int scale, int position, float[] lrBatch, float[] hrBatch) {
        int columns = hr.width() / scale;
        int rows = hr.height() / scale;
        int margin = Math.min(MARGIN, Math.min(columns, rows) - patch);
        int side = patch + margin;
        int left = (int) (sample.x() * (columns - side + 1));
        int top = (int) (sample.y() * (rows - side + 1));
        int x = (int) (sample.spoil() & 0xFFFF) % (margin + 1);
        int y = (int) (sample.spoil() >>> 16 & 0xFFFF) % (margin + 1);
        Planes whole = hr.planes(left * scale, top * scale, side * scale, side * scale);
        Planes lr = degradation.apply(whole, scale, sample.spoil());
        copy(lr, x, y, patch, sample, lrBatch, position);
        TrainingPicture.copy(hr, (left + x) * scale, (top + y) * scale, patch * scale, sample, hrBatch, position);
    }

    private static void copy(Planes from, int left, int top, int side, Sample sample, float[] batch, int position) {
        int plane = side * side;
        int base = position * 3 * plane;
        int fromPlane = from.width() * from.height();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int source = Orientation.source(sample.orientation(), x, y, side);
                int pixel = (top + source / side) * from.width() + left + source % side;
                for (int c = 0; c < 3; c++) {
                    batch[base + c * plane + y * side + x] = from.values()[sample.colour(c) * fromPlane + pixel];
                }
            }
        }
    }
}
