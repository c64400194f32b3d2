package dev.repsr.app.video;

import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Arrays;

/**
 * Makes raw frames of pictures, the way back from {@link FrameRows}: red, green and blue become luma and differences of colour, which are
 * averaged over the pixels that share them, around where the sample sits. Values are rounded once and clamped. Not thread-safe.
 */
final class FrameBytes {
    private final PixelLayout layout;
    private final Colours colours;
    private final int width;
    private final int height;
    private final float[] spare;
    private final float[] luma;
    private final float[][] full;

    /** Rows of colour, reduced across: the last three of both kinds. */
    private final float[][][] reduced;

    /**
     * Frames of a size.
     *
     * @param width pixels of a frame; further columns of the pictures are left out
     * @param height rows of a frame; further ones are left out
     */
    FrameBytes(PixelLayout layout, Colours colours, int width, int height) {
        this.layout = layout;
        this.colours = colours;
        this.width = width;
        this.height = height;
        int chromaWidth = layout.planeWidth(1, width);
        luma = new float[width];
        full = new float[2][width];
        reduced = new float[2][Math.max(4, 1 << layout.chromaY())][chromaWidth];
        // The pictures may be one column wider.
        spare = new float[(width + 1) * 4];
    }

    /** Reads a picture to the last row of the frame. */
    byte[] frame(PictureRows rows) throws IOException {
        byte[] frame = new byte[Math.toIntExact(layout.frameBytes(width, height))];
        for (int y = 0; y < height; y++) {
            row(rows.lendRow(spare), rows.format().channels(), y, frame);
        }
        // What a picture has beyond the frame is computed, and checked, all the same.
        for (int y = height; y < rows.format().height(); y++) {
            rows.lendRow(spare);
        }
        return frame;
    }

    private void row(float[] row, int channels, int y, byte[] frame) {
        double white = (1 << layout.bits()) - 1;
        switch (layout.kind()) {
            case GREY ->
                plane(row, channels, 0, 0, y, colours.black(layout.bits()), colours.span(layout.bits()), frame);
            case YUV -> yuv(row, channels, y, frame);
            case RGB -> {
                plane(row, channels, 0, 2, y, 0, white, frame);
                plane(row, channels, 1, 0, y, 0, white, frame);
                plane(row, channels, 2, 1, y, 0, white, frame);
            }
        }
        if (layout.alpha()) {
            plane(row, channels, channels - 1, layout.planes() - 1, y, 0, white, frame);
        }
    }

    private void plane(
            float[] row, int channels, int channel, int plane, int y, double black, double span, byte[] frame) {
        for (int x = 0; x < width; x++) {
            luma[x] = row[x * channels + channel];
        }
        put(luma, width, (float) black, (float) span, offset(plane, y), frame);
    }

    /** Rounds and clamps samples into the frame. */
    private void put(float[] values, int count, float add, float factor, int at, byte[] frame) {
        float most = (1 << layout.bits()) - 1;
        float half = add + 0.5f;
        if (layout.bits() == 8) {
            for (int x = 0; x < count; x++) {
                frame[at + x] = (byte) Math.min(most, Math.max(0, values[x] * factor + half));
            }
            return;
        }
        for (int x = 0; x < count; x++) {
            int value = (int) Math.min(most, Math.max(0, values[x] * factor + half));
            frame[at + 2 * x] = (byte) value;
            frame[at + 2 * x + 1] = (byte) (value >> 8);
        }
    }

    private int offset(int plane, int row) {
        return Math.toIntExact(layout.planeOffset(plane, width, height)
                + (long) row * layout.planeWidth(plane, width) * layout.bytesPerSample());
    }

    private void yuv(float[] row, int channels, int y, byte[] frame) {
        float red = (float) colours.red();
        float green = (float) colours.green();
        float blue = (float) colours.blue();
        float ofBlue = (float) (0.5 / (1 - colours.blue()));
        float ofRed = (float) (0.5 / (1 - colours.red()));
        float[] us = full[0];
        float[] vs = full[1];
        // Grey is red, green and blue at once.
        int step = channels < 3 ? 0 : 1;
        for (int x = 0; x < width; x++) {
            float r = row[x * channels];
            float g = row[x * channels + step];
            float b = row[x * channels + 2 * step];
            float value = red * r + green * g + blue * b;
            luma[x] = value;
            us[x] = (b - value) * ofBlue;
            vs[x] = (r - value) * ofRed;
        }
        int bits = layout.bits();
        put(luma, width, (float) colours.black(bits), (float) colours.span(bits), offset(0, y), frame);
        chroma(0, y, frame);
        chroma(1, y, frame);
    }

    private void chroma(int which, int y, byte[] frame) {
        float[][] ring = reduced[which];
        across(full[which], ring[y % ring.length]);
        int span = 1 << layout.chromaY();
        boolean last = y == height - 1;
        if (y % span != span - 1 && !last) {
            return;
        }
        int sample = y / span;
        float[] mean = full[which];
        int count = ring[0].length;
        if (layout.chromaY() == 1 && colours.onPixelY()) {
            int middle = 2 * sample;
            float[] above = ring[Math.max(0, middle - 1) % ring.length];
            float[] at = ring[middle % ring.length];
            float[] below = ring[Math.min(y, middle + 1) % ring.length];
            for (int x = 0; x < count; x++) {
                mean[x] = 0.25f * above[x] + 0.5f * at[x] + 0.25f * below[x];
            }
        } else {
            int rows = y - sample * span + 1;
            Arrays.fill(mean, 0, count, 0);
            for (int i = 0; i < rows; i++) {
                float[] from = ring[(sample * span + i) % ring.length];
                for (int x = 0; x < count; x++) {
                    mean[x] += from[x];
                }
            }
            for (int x = 0; x < count; x++) {
                mean[x] /= rows;
            }
        }
        int bits = layout.bits();
        put(
                mean,
                count,
                (float) colours.neutral(bits),
                (float) colours.chromaSpan(bits),
                offset(which + 1, sample),
                frame);
    }

    private void across(float[] from, float[] to) {
        if (layout.chromaX() == 0) {
            System.arraycopy(from, 0, to, 0, to.length);
        } else if (layout.chromaX() == 1 && colours.onPixelX()) {
            for (int x = 0; x < to.length; x++) {
                float before = from[Math.max(0, 2 * x - 1)];
                float after = from[Math.min(width - 1, 2 * x + 1)];
                to[x] = 0.25f * before + 0.5f * from[2 * x] + 0.25f * after;
            }
        } else {
            int span = 1 << layout.chromaX();
            for (int x = 0; x < to.length; x++) {
                int end = Math.min(width, (x + 1) * span);
                float sum = 0;
                for (int i = x * span; i < end; i++) {
                    sum += from[i];
                }
                to[x] = sum / (end - x * span);
            }
        }
    }
}
