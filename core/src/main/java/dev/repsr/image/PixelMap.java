package dev.repsr.image;

/** How the stored samples of one pixel become those of the picture. */
@FunctionalInterface
interface PixelMap {
    void map(int[] stored, int from, int[] samples, int to);
}
