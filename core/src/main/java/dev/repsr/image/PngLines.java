package dev.repsr.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the IDAT chunks of a PNG file, whose lengths the probe has checked, and undoes the row filters. */
final class PngLines implements AutoCloseable {
    private static final int FRAME = 12;

    private final byte[] file;
    private final Bytes in;
    private final int pixelBytes;
    private final Inflater inflater = new Inflater();
    private final byte[] filter = new byte[1];
    private int nextChunk;

    /**
     * @param firstData position of the first IDAT chunk
     * @param pixelBytes bytes of a whole pixel, at least 1
     */
    PngLines(byte[] file, int firstData, int pixelBytes) {
        this.file = file;
        this.in = Bytes.bigEndian(file);
        this.nextChunk = firstData;
        this.pixelBytes = pixelBytes;
    }

    /**
     * Reads one row.
     *
     * @param line gets the row
     * @param above the row before it, or zeros
     * @param length bytes of the row
     */
    void read(byte[] line, byte[] above, int length) throws IOException {
        inflate(filter, 1);
        inflate(line, length);
        switch (filter[0]) {
            case 0 -> {}
            case 1 -> sub(line, length);
            case 2 -> up(line, above, length);
            case 3 -> average(line, above, length);
            case 4 -> paeth(line, above, length);
            default -> throw new IOException("it has a row filter that PNG does not have");
        }
    }

    private void inflate(byte[] target, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                int count = inflater.inflate(target, done, length - done);
                done += count;
                if (count == 0) {
                    refill();
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("its compressed data is broken", e);
        }
    }

    private void refill() throws IOException {
        if (inflater.finished() || inflater.needsDictionary() || !nextChunk()) {
            throw new EOFException("pixels are missing");
        }
    }

    /** Goes on to the next IDAT chunk; false at the end of the file. */
    private boolean nextChunk() {
        while (nextChunk + FRAME <= file.length) {
            int chunk = nextChunk;
            long length = in.u32(chunk);
            if (in.has(chunk + 4L, "IEND") || length > file.length - chunk - FRAME) {
                return false;
            }
            nextChunk = chunk + FRAME + (int) length;
            if (in.has(chunk + 4L, "IDAT") && length > 0) {
                inflater.setInput(file, chunk + 8, (int) length);
                return true;
            }
        }
        return false;
    }

    /** Whether the data ends soundly behind the last row: nothing is missing and its checksum is right. */
    boolean endsSoundly() {
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(filter) > 0) {
                    // More rows than the picture has: ignored, as everyone does.
                    return true;
                }
                if (inflater.finished()) {
                    return true;
                }
                if (inflater.needsDictionary() || (inflater.needsInput() && !nextChunk())) {
                    return false;
                }
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        }
    }

    private void sub(byte[] line, int length) {
        for (int i = pixelBytes; i < length; i++) {
            line[i] += line[i - pixelBytes];
        }
    }

    private static void up(byte[] line, byte[] above, int length) {
        for (int i = 0; i < length; i++) {
            line[i] += above[i];
        }
    }

    private void average(byte[] line, byte[] above, int length) {
        for (int i = 0; i < length; i++) {
            int left = i < pixelBytes ? 0 : line[i - pixelBytes] & 0xFF;
            line[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
        }
    }

    private void paeth(byte[] line, byte[] above, int length) {
        for (int i = 0; i < length; i++) {
            int left = i < pixelBytes ? 0 : line[i - pixelBytes] & 0xFF;
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xFF;
            int up = above[i] & 0xFF;
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            line[i] += (byte) (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
