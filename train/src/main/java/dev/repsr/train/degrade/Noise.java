package dev.repsr.train.degrade;

/** Noise of sensors. */
final class Noise {
    /** Counts at white that shot noise of strength 1 stands for. */
    private static final float COUNTS = 256;

    private Noise() {}

    /**
     * Adds Gaussian noise in place.
     *
     * @param deviation in levels of 8 bits
     * @param grey the same for all colours of a pixel
     */
    static void gaussian(Planes picture, double deviation, boolean grey, Draws draws) {
        float amount = (float) (deviation / 255);
        float[] values = picture.values();
        int drawn = grey ? values.length / Planes.COLOURS : values.length;
        for (int i = 0; i < drawn; i++) {
            float noise = amount * draws.normal();
            for (int j = i; j < values.length; j += drawn) {
                values[j] += noise;
            }
        }
    }

    /**
     * Adds shot noise in place, whose variance grows with the brightness; Poisson's distribution, taken as the normal one of
     * the same variance.
     *
     * @param strength 1 is the noise of 256 counts at white
     * @param grey the same for all colours of a pixel, by its brightness
     */
    static void shot(Planes picture, double strength, boolean grey, Draws draws) {
        float amount = (float) (strength / Math.sqrt(COUNTS));
        float[] values = picture.values();
        int plane = values.length / Planes.COLOURS;
        for (int i = 0; i < (grey ? plane : values.length); i++) {
            float light =
                    grey ? 0.299f * values[i] + 0.587f * values[i + plane] + 0.114f * values[i + 2 * plane] : values[i];
            float noise = amount * draws.normal() * (float) Math.sqrt(Math.max(0, light));
            for (int j = i; j < (grey ? values.length : i + 1); j += plane) {
                values[j] += noise;
            }
        }
    }
}
