package dev.repsr.engine;

/**
 * The feature map of some rows of a picture: one plane a channel, rows {@code top} to {@code top + rows - 1}, with a
 * column of zeros left and right, which is the convolution's zero padding.
 */
final class Planes {
    final int top;
    final int rows;
    final int width;
    final float[][] planes;

    Planes(int channels, int top, int rows, int width) {
        this.top = top;
        this.rows = rows;
        this.width = width;
        this.planes = new float[channels][Math.multiplyExact(rows, width + 2)];
    }

    int channels() {
        return planes.length;
    }

    int bottom() {
        return top + rows;
    }

    boolean holds(int y) {
        return y >= top && y < bottom();
    }

    /** Index of the value at column 0 of row {@code y} in each plane; columns -1 and {@code width} are zeros. */
    int index(int y) {
        return (y - top) * (width + 2) + 1;
    }
}
