package dev.repsr.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes a PNG (W3C PNG specification, third edition) row by row; an interlaced one has to be held as a whole. */
final class PngSamples implements StoredSamples {
    /** First column, first row, columns apart, rows apart of Adam7's passes. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final String name;
    private final PngHeader header;
    private final List<String> warnings;
    private final PngPixels pixels;
    private final PngLines lines;
    private final int perPixel;
    private final int[] stored;
    private byte[] line;
    private byte[] above;
    /** All stored samples of an interlaced picture, two bytes each where they have 16 bits. */
    private byte @Nullable [] whole;

    PngSamples(String name, PngHeader header, List<String> warnings) {
        this.name = name;
        this.header = header;
        this.warnings = warnings;
        this.pixels = PngPixels.of(name, header, warnings);
        this.perPixel = PngHeader.samples(header.colourType());
        this.lines = new PngLines(header.file(), header.firstData(), Math.max(1, perPixel * header.bitDepth() / 8));
        int rowBytes = PackedSamples.rowBytes(header.width() * perPixel, header.bitDepth());
        this.line = new byte[rowBytes];
        this.above = new byte[rowBytes];
        this.stored = new int[header.width() * perPixel];
    }

    @Override
    public PictureFormat format() {
        return pixels.format();
    }

    @Override
    public void read(int y, int[] samples) throws IOException {
        PixelMap map = pixels.map();
        int[] target = map == null ? samples : stored;
        if (header.interlaced()) {
            fromWhole(y, target);
        } else {
            nextLine(line.length);
            PackedSamples.unpack(above, header.bitDepth(), ByteOrder.BIG_ENDIAN, target.length, target, 0, 1);
        }
        if (map != null) {
            int channels = pixels.format().channels();
            for (int x = 0; x < header.width(); x++) {
                map.map(stored, x * perPixel, samples, x * channels);
            }
        }
        if (y == header.height() - 1 && !lines.endsSoundly()) {
            warnings.add(name + " has pixels whose checksum is wrong or missing; they may be damaged");
        }
    }

    /** Reads a row; it is then in {@link #above}, where the next one looks for it. */
    private void nextLine(int length) throws IOException {
        lines.read(line, above, length);
        byte[] swap = above;
        above = line;
        line = swap;
    }

    private void fromWhole(int y, int[] target) throws IOException {
        byte[] all = whole;
        if (all == null) {
            all = deinterlaced();
            whole = all;
        }
        int each = header.bitDepth() == 16 ? 2 : 1;
        int from = y * target.length * each;
        for (int i = 0; i < target.length; i++) {
            target[i] = each == 1
                    ? all[from + i] & 0xFF
                    : ((all[from + 2 * i] & 0xFF) << 8) | (all[from + 2 * i + 1] & 0xFF);
        }
    }

    private byte[] deinterlaced() throws IOException {
        int each = header.bitDepth() == 16 ? 2 : 1;
        byte[] all = new byte[Math.toIntExact((long) header.height() * stored.length * each)];
        int[] row = new int[stored.length];
        for (int[] pass : PASSES) {
            int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
            if (columns <= 0) {
                continue;
            }
            int length = PackedSamples.rowBytes(columns * perPixel, header.bitDepth());
            above = new byte[above.length];
            for (int y = pass[1]; y < header.height(); y += pass[3]) {
                nextLine(length);
                PackedSamples.unpack(above, header.bitDepth(), ByteOrder.BIG_ENDIAN, columns * perPixel, row, 0, 1);
                scatter(row, columns, pass, y, all, each);
            }
        }
        return all;
    }

    private void scatter(int[] row, int columns, int[] pass, int y, byte[] all, int each) {
        for (int i = 0; i < columns; i++) {
            int x = pass[0] + i * pass[2];
            for (int c = 0; c < perPixel; c++) {
                int to = ((y * header.width() + x) * perPixel + c) * each;
                int value = row[i * perPixel + c];
                if (each == 2) {
                    all[to++] = (byte) (value >> 8);
                }
                all[to] = (byte) value;
            }
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
