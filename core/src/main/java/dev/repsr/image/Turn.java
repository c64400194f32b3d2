package dev.repsr.image;

/**
 * Where the pixels of a stored picture lie in the upright one.
 *
 * @param width of the stored picture
 * @param height of the stored picture
 * @param orientation by EXIF, 1 to 8
 */
record Turn(int width, int height, int orientation) {

    private boolean swapsSides() {
        return orientation >= 5;
    }

    /** The same kind of picture, upright. */
    PictureFormat upright(PictureFormat stored) {
        return swapsSides() ? stored.resized(height, width) : stored;
    }

    /** Number, in the upright picture, of the first pixel of stored row {@code y}. */
    int first(int y) {
        return pixel(0, y);
    }

    /** What is added to it with each stored pixel. */
    int step() {
        int along = swapsSides() ? height : 1;
        return isBackAcross() ? -along : along;
    }

    private boolean isBackAcross() {
        return orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    }

    private int pixel(int x, int y) {
        boolean backDown = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int across = isBackAcross() ? width - 1 - x : x;
        int down = backDown ? height - 1 - y : y;
        return swapsSides() ? across * height + down : down * width + across;
    }
}
