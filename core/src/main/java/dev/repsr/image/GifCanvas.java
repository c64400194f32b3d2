package dev.repsr.image;

import java.io.IOException;
import java.util.List;

/** Draws the frames of a GIF one over the other, as a browser does; what nothing was drawn on is transparent. */
final class GifCanvas {
    private static final int OPAQUE = 0xFF000000;

    private final String name;
    private final GifHeader header;
    private final List<String> warnings;
    private final int[] canvas;
    private int[] saved = new int[0];
    private int next;

    GifCanvas(String name, GifHeader header, List<String> warnings) {
        this.name = name;
        this.header = header;
        this.warnings = warnings;
        this.canvas = new int[Math.multiplyExact(header.width(), header.height())];
    }

    /** Draws the next frame; the canvas (alpha, red, green, blue in an int, row by row) is valid until the next call. */
    int[] draw() throws IOException {
        if (next > 0) {
            dispose(header.frames().get(next - 1));
        }
        GifHeader.Frame frame = header.frames().get(next);
        if (frame.disposal() == 3) {
            saved = canvas.clone();
        }
        byte[] indices = new byte[Math.multiplyExact(frame.width(), frame.height())];
        int known = GifLzw.decode(header.file(), frame.data(), indices);
        if (known == 0 && next == 0) {
            throw new IOException("its first frame has no pixels");
        }
        if (known < indices.length) {
            warnings.add(name + " is cut off in frame " + (next + 1));
        }
        int[] colours = colours(frame);
        for (int row = 0, at = 0; row < frame.height() && at < known; row++, at += frame.width()) {
            line(frame, row(frame, row), indices, at, Math.min(known - at, frame.width()), colours);
        }
        next++;
        return canvas;
    }

    private void line(GifHeader.Frame frame, int row, byte[] indices, int from, int count, int[] colours) {
        int y = frame.y() + row;
        if (y >= header.height()) {
            return;
        }
        int visible = Math.min(count, header.width() - frame.x());
        for (int x = 0; x < visible; x++) {
            int index = indices[from + x] & 0xFF;
            if (index != frame.transparent()) {
                canvas[y * header.width() + frame.x() + x] = index < colours.length ? colours[index] : OPAQUE;
            }
        }
    }

    /** The row that stands at place {@code stored} of the file. */
    private static int row(GifHeader.Frame frame, int stored) {
        if (!frame.interlaced()) {
            return stored;
        }
        int left = stored;
        int[][] passes = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
        for (int[] pass : passes) {
            int rows = Math.max(0, Math.ceilDiv(frame.height() - pass[0], pass[1]));
            if (left < rows) {
                return pass[0] + left * pass[1];
            }
            left -= rows;
        }
        throw new IllegalStateException("row " + stored + " of " + frame.height());
    }

    private int[] colours(GifHeader.Frame frame) {
        boolean own = frame.colours() >= 0;
        int at = own ? frame.colours() : header.colours();
        int count = own ? frame.colourCount() : header.colourCount();
        Bytes in = Bytes.littleEndian(header.file());
        int[] colours = new int[count];
        for (int i = 0; i < count; i++) {
            colours[i] = OPAQUE | in.u8(at + 3L * i) << 16 | in.u8(at + 3L * i + 1) << 8 | in.u8(at + 3L * i + 2);
        }
        return colours;
    }

    private void dispose(GifHeader.Frame frame) {
        if (frame.disposal() == 3) {
            System.arraycopy(saved, 0, canvas, 0, canvas.length);
        } else if (frame.disposal() == 2) {
            for (int y = frame.y(); y < Math.min(header.height(), frame.y() + frame.height()); y++) {
                int to = Math.min(header.width(), frame.x() + frame.width());
                for (int x = frame.x(); x < to; x++) {
                    canvas[y * header.width() + x] = 0;
                }
            }
        }
    }

    /** The canvas as a picture of 8 bits with as few channels as it needs, but at least {@code leastChannels}. */
    static Picture picture(int[] canvas, int width, int height, int leastChannels) {
        boolean grey = leastChannels < 3;
        boolean opaque = leastChannels % 2 == 1;
        for (int colour : canvas) {
            int alpha = colour >>> 24;
            opaque &= alpha == 255;
            grey &= (colour >> 16 & 0xFF) == (colour & 0xFF) && (colour >> 8 & 0xFF) == (colour & 0xFF);
        }
        int channels = (grey ? 1 : 3) + (opaque ? 0 : 1);
        byte[] samples = new byte[Picture.samples(new PictureFormat(width, height, channels, 8))];
        int to = 0;
        for (int colour : canvas) {
            samples[to++] = (byte) (colour >> (grey ? 0 : 16));
            if (!grey) {
                samples[to++] = (byte) (colour >> 8);
                samples[to++] = (byte) colour;
            }
            if (!opaque) {
                samples[to++] = (byte) (colour >>> 24);
            }
        }
        return Picture.wrap(new PictureFormat(width, height, channels, 8), samples);
    }
}
