package dev.repsr.bench;

/** Conversion between interleaved RGB, our layout, and one plane a colour, the layout of the other runtimes. */
final class Planes {
    private static final int RGB = 3;

    private Planes() {}

    static float[] ofInterleaved(float[] picture) {
        int pixels = picture.length / RGB;
        float[] planes = new float[picture.length];
        for (int i = 0; i < picture.length; i++) {
            planes[i % RGB * pixels + i / RGB] = picture[i];
        }
        return planes;
    }

    static float[] toInterleaved(float[] planes) {
        int pixels = planes.length / RGB;
        float[] picture = new float[planes.length];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = planes[i % RGB * pixels + i / RGB];
        }
        return picture;
    }
}
