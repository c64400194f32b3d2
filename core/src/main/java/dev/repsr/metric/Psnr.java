package dev.repsr.metric;

import dev.repsr.image.Picture;

/** Peak signal-to-noise ratio in dB with peak 255, after cutting off a border as the papers do. */
public final class Psnr {
    private Psnr() {}

    /**
     * PSNR of {@link Luma Y}.
     *
     * @param border pixels cut off on each side, by custom the scale
     * @return positive infinity for equal pictures
     * @throws IllegalArgumentException if the sizes differ or the border leaves nothing
     */
    public static double y(Picture a, Picture b, int border) {
        ComparedArea area = ComparedArea.of(a, b, border);
        return ofMeanSquare(area.squaredDifference(Luma.y(a), Luma.y(b)) / area.pixels());
    }

    /** PSNR over red, green and blue together; otherwise as {@link #y}. */
    public static double rgb(Picture a, Picture b, int border) {
        ComparedArea area = ComparedArea.of(a, b, border);
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += area.squaredDifference(Luma.channel(a, c), Luma.channel(b, c));
        }
        return ofMeanSquare(sum / (3.0 * area.pixels()));
    }

    private static double ofMeanSquare(double meanSquare) {
        return meanSquare == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255.0 / meanSquare);
    }
}
