package dev.repsr.image;

import java.io.EOFException;
import java.io.IOException;

/** Decodes a PNM row by row; samples are spread over 0..255 or 0..65535. */
final class PnmSamples implements StoredSamples {
    private final PnmHeader header;
    private final PictureFormat format;
    private final PnmText text;
    private int next;

    PnmSamples(PnmHeader header) {
        this.header = header;
        this.format = header.format();
        this.text = new PnmText(header.file(), header.pixels(), header.file().length);
        this.next = header.pixels();
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void read(int y, int[] samples) throws IOException {
        switch (header.kind()) {
            case BITS -> bits(samples);
            case BYTES -> bytes(samples);
            case TEXT, BIT_TEXT -> text(samples);
        }
    }

    private void bits(int[] samples) throws IOException {
        int length = (samples.length + 7) / 8;
        require(length);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (header.file()[next + i / 8] >> (7 - i % 8) & 1) == 1 ? 0 : 255;
        }
        next += length;
    }

    private void bytes(int[] samples) throws IOException {
        byte[] file = header.file();
        int each = format.bitDepth() / 8;
        require(samples.length * each);
        for (int i = 0; i < samples.length; i++, next += each) {
            int value = each == 1 ? file[next] & 0xFF : ((file[next] & 0xFF) << 8) | (file[next + 1] & 0xFF);
            samples[i] = spread(value);
        }
    }

    private void text(int[] samples) throws IOException {
        boolean bit = header.kind() == PnmHeader.Kind.BIT_TEXT;
        for (int i = 0; i < samples.length; i++) {
            int value = bit ? text.digit() : text.number();
            if (value < 0) {
                throw new EOFException("pixels are missing");
            }
            samples[i] = spread(bit ? 1 - Math.min(1, value) : value);
        }
    }

    private int spread(int value) {
        int max = format.bitDepth() == 16 ? 65535 : 255;
        long known = Math.min(value, header.largest());
        return header.largest() == max ? (int) known : (int) ((known * max + header.largest() / 2) / header.largest());
    }

    private void require(int length) throws EOFException {
        if (length > header.file().length - next) {
            throw new EOFException("pixels are missing");
        }
    }
}
