package dev.repsr.image;

/** Gives each pixel a colour of a palette; what is lost is passed on to the neighbours that follow (Floyd and Steinberg 1976). */
final class GifDither {
    private final int width;
    private final GifPalette palette;
    private final int[] colours;
    private int[] here;
    private int[] below;

    private GifDither(int width, GifPalette palette) {
        this.width = width;
        this.palette = palette;
        this.colours = palette.colours();
        this.here = new int[3 * (width + 2)];
        this.below = new int[3 * (width + 2)];
    }

    /**
     * Palette indices of a picture.
     *
     * @param pixels alpha, red, green, blue each
     * @param transparent index of what is less than half opaque
     */
    static byte[] indices(int[] pixels, int width, GifPalette palette, int transparent) {
        byte[] indices = new byte[pixels.length];
        GifDither dither = new GifDither(width, palette);
        for (int from = 0; from < pixels.length; from += width) {
            dither.row(pixels, from, indices, transparent);
        }
        return indices;
    }

    private void row(int[] pixels, int from, byte[] indices, int transparent) {
        for (int x = 0; x < width; x++) {
            int pixel = pixels[from + x];
            if (pixel >= 0) {
                indices[from + x] = (byte) transparent;
            } else if (palette.isExact() || pixel == -1 || pixel == 0xFF000000) {
                indices[from + x] = (byte) palette.index(pixel);
            } else {
                indices[from + x] = (byte) spread(pixel, x);
            }
        }
        int[] swap = here;
        here = below;
        below = swap;
        java.util.Arrays.fill(below, 0);
    }

    private int spread(int pixel, int x) {
        int wanted = 0;
        for (int c = 0; c < 3; c++) {
            int value = (pixel >> (16 - 8 * c) & 0xFF) + here[3 * (x + 1) + c] / 16;
            wanted = wanted << 8 | Math.clamp(value, 0, 255);
        }
        int index = palette.index(wanted);
        for (int c = 0; c < 3; c++) {
            int lost = (wanted >> (16 - 8 * c) & 0xFF) - (colours[index] >> (16 - 8 * c) & 0xFF);
            here[3 * (x + 2) + c] += 7 * lost;
            below[3 * x + c] += 3 * lost;
            below[3 * (x + 1) + c] += 5 * lost;
            below[3 * (x + 2) + c] += lost;
        }
        return index;
    }
}
