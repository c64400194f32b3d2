package dev.repsr.metric;

import dev.repsr.image.Picture;

/**
 * The part of two equally large pictures that is compared.
 *
 * @param stride pixels a row of the whole picture
 * @param border pixels cut off on each side
 * @param width pixels a row that are left
 * @param height rows that are left
 */
record ComparedArea(int stride, int border, int width, int height) {

    static ComparedArea of(Picture a, Picture b, int border) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException(
                    "cannot compare " + a.width() + "x" + a.height() + " pixels with " + b.width() + "x" + b.height());
        }
        if (border < 0 || a.width() <= 2L * border || a.height() <= 2L * border) {
            throw new IllegalArgumentException(
                    "a border of " + border + " leaves nothing of " + a.width() + "x" + a.height() + " pixels");
        }
        return new ComparedArea(a.width(), border, a.width() - 2 * border, a.height() - 2 * border);
    }

    long pixels() {
        return (long) width * height;
    }

    double squaredDifference(double[] a, double[] b) {
        double sum = 0;
        for (int y = 0; y < height; y++) {
            int from = index(y);
            for (int i = from; i < from + width; i++) {
                double difference = a[i] - b[i];
                sum += difference * difference;
            }
        }
        return sum;
    }

    /** Where row {@code y} of the area begins in an array of the whole picture. */
    int index(int y) {
        return (y + border) * stride + border;
    }
}
