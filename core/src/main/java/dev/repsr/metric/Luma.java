package dev.repsr.metric;

import dev.repsr.image.Picture;

/**
 * The Y of BT.601 in studio range, 16..235, as MATLAB's rgb2ycbcr computes it on real numbers: 8-bit sample values in,
 * no rounding. A grey picture is read as R = G = B, alpha is ignored, 16-bit samples are first brought to 0..255.
 */
public final class Luma {
    private Luma() {}

    /** Y of every pixel, row by row: {@code width * height} values. */
    public static double[] y(Picture picture) {
        double[] red = channel(picture, 0);
        double[] green = channel(picture, 1);
        double[] blue = channel(picture, 2);
        double[] y = new double[red.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = 16 + (65.481 * red[i] + 128.553 * green[i] + 24.966 * blue[i]) / 255;
        }
        return y;
    }

    /** Red (0), green (1) or blue (2) of every pixel in 0..255, row by row. */
    static double[] channel(Picture picture, int channel) {
        int channels = picture.format().channels();
        int source = picture.format().colourChannels() == 1 ? 0 : channel;
        double unit = picture.format().bitDepth() == 8 ? 1 : 255.0 / 65535;
        int width = picture.width();
        double[] values = new double[width * picture.height()];
        double[] row = new double[width * channels];
        int next = 0;
        for (int y = 0; y < picture.height(); y++) {
            picture.copySamples(y, row);
            for (int x = 0; x < width; x++) {
                values[next++] = row[x * channels + source] * unit;
            }
        }
        return values;
    }
}
