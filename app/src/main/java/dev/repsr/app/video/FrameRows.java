package dev.repsr.app.video;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/** The picture that a raw frame holds: samples of colour are interpolated between where they sit, and made red, green and blue. */
final class FrameRows implements PictureRows {
    private final PixelLayout layout;
    private final Colours colours;
    private final PictureFormat format;
    private final byte[] frame;
    private final float[][] chroma;
    private final float[][] nearRows;
    private final int[] left;
    private final float[] share;
    private int y;

    FrameRows(PixelLayout layout, Colours colours, int width, int height, byte[] frame) {
        this.layout = layout;
        this.colours = colours;
        this.format = layout.picture(width, height);
        this.frame = frame;
        int chromaWidth = layout.planeWidth(1, width);
        chroma = new float[2][chromaWidth];
        nearRows = new float[2][chromaWidth];
        left = new int[width];
        share = new float[width];
        if (layout.kind() == PixelLayout.Kind.YUV) {
            for (int x = 0; x < width; x++) {
                double at = place(x, layout.chromaX(), colours.onPixelX(), chromaWidth);
                left[x] = Math.clamp((int) at, 0, Math.max(0, chromaWidth - 2));
                share[x] = chromaWidth == 1 ? 0 : (float) (at - left[x]);
            }
        }
    }

    /** Where a pixel lies between samples of colour. */
    private static double place(int pixel, int shift, boolean onPixel, int samples) {
        double at = onPixel ? (double) pixel / (1 << shift) : (pixel + 0.5) / (1 << shift) - 0.5;
        return Math.clamp(at, 0, samples - 1);
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) {
        if (y == format.height()) {
            throw new IllegalStateException("all rows have been read");
        }
        int channels = format.channels();
        switch (layout.kind()) {
            case GREY -> plain(0, row, 0, colours.black(layout.bits()), colours.span(layout.bits()));
            case YUV -> yuv(row);
            case RGB -> {
                plain(2, row, 0, 0, white());
                plain(0, row, 1, 0, white());
                plain(1, row, 2, 0, white());
            }
        }
        if (layout.alpha()) {
            plain(layout.planes() - 1, row, channels - 1, 0, white());
        }
        y++;
    }

    private double white() {
        return (1 << layout.bits()) - 1;
    }

    /** A channel that is a plane of its own. */
    private void plain(int plane, float[] row, int channel, double black, double span) {
        int channels = format.channels();
        int at = offset(plane, y);
        if (layout.bits() == 8) {
            for (int x = 0; x < format.width(); x++) {
                row[x * channels + channel] = (float) (((frame[at + x] & 0xFF) - black) / span);
            }
        } else {
            for (int x = 0; x < format.width(); x++) {
                row[x * channels + channel] = (float) ((wide(at + 2 * x) - black) / span);
            }
        }
    }

    private int wide(int at) {
        return (frame[at] & 0xFF) | ((frame[at + 1] & 0xFF) << 8);
    }

    private int offset(int plane, int row) {
        long begin = layout.planeOffset(plane, format.width(), format.height());
        return Math.toIntExact(begin + (long) row * layout.planeWidth(plane, format.width()) * layout.bytesPerSample());
    }

    private void yuv(float[] row) {
        chromaRow(0);
        chromaRow(1);
        int bits = layout.bits();
        float black = (float) colours.black(bits);
        float scale = (float) (1 / colours.span(bits));
        double chromaScale = 2 / colours.chromaSpan(bits);
        float redOfV = (float) ((1 - colours.red()) * chromaScale);
        float blueOfU = (float) ((1 - colours.blue()) * chromaScale);
        float greenOfV = (float) (-colours.red() / colours.green() * redOfV);
        float greenOfU = (float) (-colours.blue() / colours.green() * blueOfU);
        int channels = format.channels();
        int at = offset(0, y);
        boolean wide = bits > 8;
        float[] us = chroma[0];
        float[] vs = chroma[1];
        int next = us.length == 1 ? 0 : 1;
        for (int x = 0; x < format.width(); x++) {
            float luma = ((wide ? wide(at + 2 * x) : frame[at + x] & 0xFF) - black) * scale;
            int i = left[x];
            float u = us[i] + (us[i + next] - us[i]) * share[x];
            float v = vs[i] + (vs[i + next] - vs[i]) * share[x];
            row[x * channels] = luma + redOfV * v;
            row[x * channels + 1] = luma + greenOfV * v + greenOfU * u;
            row[x * channels + 2] = luma + blueOfU * u;
        }
    }

    /** A row of colour at the height of the row that is read, around 0. */
    private void chromaRow(int which) {
        int rows = layout.planeHeight(1, format.height());
        double at = place(y, layout.chromaY(), colours.onPixelY(), rows);
        int above = (int) at;
        float below = (float) (at - above);
        samples(which + 1, above, nearRows[0]);
        float[] to = chroma[which];
        if (below == 0) {
            System.arraycopy(nearRows[0], 0, to, 0, to.length);
            return;
        }
        samples(which + 1, above + 1, nearRows[1]);
        for (int x = 0; x < to.length; x++) {
            to[x] = nearRows[0][x] + (nearRows[1][x] - nearRows[0][x]) * below;
        }
    }

    private void samples(int plane, int row, float[] to) {
        float neutral = (float) colours.neutral(layout.bits());
        int at = offset(plane, row);
        if (layout.bits() == 8) {
            for (int x = 0; x < to.length; x++) {
                to[x] = (frame[at + x] & 0xFF) - neutral;
            }
        } else {
            for (int x = 0; x < to.length; x++) {
                to[x] = wide(at + 2 * x) - neutral;
            }
        }
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
