package dev.repsr.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/**
 * Decodes a TIFF row by row: the tiles that a row crosses are read side by side, each as a stream, so that no more than a
 * row is held however large tiles or strips are.
 */
final class TiffSamples implements StoredSamples {
    private final TiffHeader header;
    private final TiffPixels pixels;
    private final InputStream[] open;
    private final byte[] tileRow;
    private final int[] stored;
    private final boolean wide;

    TiffSamples(TiffHeader header) {
        this.header = header;
        this.pixels = TiffPixels.of(header);
        this.open = new InputStream[header.tilesAcross() * planes()];
        this.tileRow = new byte[PackedSamples.rowBytes(header.tileWidth() * samplesAPlane(), header.bits())];
        this.stored = new int[header.tilesAcross() * header.tileWidth() * header.samples()];
        this.wide = header.bits() == 16;
    }

    private int planes() {
        return header.planar() ? header.samples() : 1;
    }

    private int samplesAPlane() {
        return header.planar() ? 1 : header.samples();
    }

    @Override
    public PictureFormat format() {
        return pixels.format();
    }

    @Override
    public void read(int y, int[] samples) throws IOException {
        if (y % header.tileHeight() == 0) {
            openTiles(y / header.tileHeight());
        }
        for (int plane = 0; plane < planes(); plane++) {
            for (int tile = 0; tile < header.tilesAcross(); tile++) {
                readTileRow(open[plane * header.tilesAcross() + tile], tile, plane);
            }
        }
        PixelMap map = pixels.map();
        int channels = format().channels();
        for (int x = 0; x < header.width(); x++) {
            map.map(stored, x * header.samples(), samples, x * channels);
        }
    }

    private void readTileRow(InputStream in, int tile, int plane) throws IOException {
        if (in.readNBytes(tileRow, 0, tileRow.length) < tileRow.length) {
            throw new EOFException("pixels are missing");
        }
        int count = header.tileWidth() * samplesAPlane();
        int from = tile * header.tileWidth() * header.samples() + plane;
        int step = header.planar() ? header.samples() : 1;
        PackedSamples.unpack(tileRow, header.bits(), header.order(), count, stored, from, step);
        if (header.predictor()) {
            sumUp(from, step, count);
        }
    }

    /** Undoes horizontal differencing: each sample is stored as the difference to that of the pixel before. */
    private void sumUp(int from, int step, int count) {
        int mask = wide ? 0xFFFF : 0xFF;
        int before = samplesAPlane() * step;
        for (int i = samplesAPlane(); i < count; i++) {
            int at = from + i * step;
            stored[at] = (stored[at] + stored[at - before]) & mask;
        }
    }

    private void openTiles(int row) throws IOException {
        close();
        int across = header.tilesAcross();
        for (int plane = 0; plane < planes(); plane++) {
            for (int tile = 0; tile < across; tile++) {
                int index = (plane * header.tilesDown() + row) * across + tile;
                open[plane * across + tile] = stream(header.offsets()[index], header.counts()[index]);
            }
        }
    }

    private InputStream stream(long offset, long count) {
        int length = (int) Math.min(count, header.file().length - offset);
        InputStream raw = new ByteArrayInputStream(header.file(), (int) offset, length);
        return switch (header.compression()) {
            case 1 -> raw;
            case 5 -> new TiffLzw(raw);
            case 8 -> new InflaterInputStream(raw);
            case 32773 -> new PackBits(raw);
            default -> throw new IllegalStateException("compression " + header.compression());
        };
    }

    @Override
    public void close() {
        for (InputStream stream : open) {
            if (stream instanceof InflaterInputStream inflater) {
                closeQuietly(inflater);
            }
        }
    }

    private static void closeQuietly(InflaterInputStream inflater) {
        try {
            inflater.close();
        } catch (IOException e) {
            throw new IllegalStateException("a stream in memory cannot be closed", e);
        }
    }
}
