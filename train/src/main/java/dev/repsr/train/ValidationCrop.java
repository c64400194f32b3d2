package dev.repsr.train;

import dev.repsr.image.Bicubic;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkImage;

/**
 * A square piece of a picture that is measured, where bicubic enlargement is furthest from the original: there is most to see.
 *
 * @param set name of the set
 * @param image name of the picture
 * @param bicubic the piece of the bicubic enlargement
 * @param original the piece of the original
 */
record ValidationCrop(String set, String image, int x, int y, int side, Picture bicubic, Picture original) {
    private static final int SIDE = 128;

    static ValidationCrop of(String set, BenchmarkImage image, int scale) {
        Picture hr = image.hr();
        Picture bicubic = Bicubic.enlarge(image.lr(), scale);
        int side = Math.min(SIDE, Math.min(hr.width(), hr.height()));
        int step = Math.max(1, side / 2);
        long most = -1;
        int left = 0;
        int top = 0;
        for (int y = 0; y + side <= hr.height(); y += step) {
            for (int x = 0; x + side <= hr.width(); x += step) {
                long error = error(hr, bicubic, x, y, side);
                if (error > most) {
                    most = error;
                    left = x;
                    top = y;
                }
            }
        }
        return new ValidationCrop(
                set,
                image.name(),
                left,
                top,
                side,
                bicubic.crop(left, top, side, side),
                hr.crop(left, top, side, side));
    }

    private static long error(Picture hr, Picture other, int left, int top, int side) {
        long sum = 0;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                sum += Math.abs(hr.sample(x, y, 1) - other.sample(x, y, 1));
            }
        }
        return sum;
    }

    /** The same piece of what a network made of the picture. */
    Picture of(Picture sr) {
        return sr.crop(x, y, side, side);
    }
}
