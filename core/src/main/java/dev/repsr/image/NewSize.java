package dev.repsr.image;

/**
 * How a picture was changed, for metadata that counts pixels: turned upright, then enlarged.
 *
 * @param orientation EXIF orientation that was applied, 1..8
 * @param input the upright picture
 * @param output the enlarged one
 */
record NewSize(int orientation, PictureFormat input, PictureFormat output) {
    int width() {
        return output.width();
    }

    int height() {
        return output.height();
    }

    double across() {
        return (double) output.width() / input.width();
    }

    double down() {
        return (double) output.height() / input.height();
    }

    /** Whether columns have become rows. */
    boolean isTurned() {
        return orientation >= 5;
    }

    /** Where a place of the stored picture is now, from the left. */
    long x(long x, long y) {
        long along = isTurned() ? y : x;
        // Of the upright picture: whether it runs backwards along what is stored.
        boolean back = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        return Math.round(across() * (back ? input.width() - 1 - along : along));
    }

    /** Where a place of the stored picture is now, from above. */
    long y(long x, long y) {
        long along = isTurned() ? x : y;
        boolean back = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        return Math.round(down() * (back ? input.height() - 1 - along : along));
    }
}
