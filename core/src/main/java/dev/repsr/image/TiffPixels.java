package dev.repsr.image;

/**
 * What a TIFF's stored samples mean.
 *
 * @param format of the picture
 * @param map from the stored samples of a pixel to its own
 */
record TiffPixels(PictureFormat format, PixelMap map) {

    static TiffPixels of(TiffHeader header) {
        return header.photometric() == 3 ? indexed(header) : plain(header);
    }

    private static TiffPixels plain(TiffHeader header) {
        int colours = header.photometric() == 2 ? 3 : 1;
        boolean alpha = header.alpha() >= 0;
        int depth = header.bits() == 16 ? 16 : 8;
        int max = depth == 16 ? 65535 : 255;
        int factor = max / ((1 << header.bits()) - 1);
        boolean fromWhite = header.photometric() == 0;
        PictureFormat format = new PictureFormat(header.width(), header.height(), alpha ? colours + 1 : colours, depth);
        return new TiffPixels(format, (in, from, out, to) -> {
            for (int c = 0; c < colours; c++) {
                int value = in[from + c] * factor;
                out[to + c] = fromWhite ? max - value : value;
            }
            if (alpha) {
                out[to + colours] = in[from + header.alpha()] * factor;
                if (header.premultiplied()) {
                    divide(out, to, colours, max);
                }
            }
        });
    }

    private static void divide(int[] out, int to, int colours, int max) {
        long alpha = out[to + colours];
        for (int c = 0; c < colours; c++) {
            out[to + c] = alpha == 0 ? 0 : (int) Math.min(max, (out[to + c] * (long) max + alpha / 2) / alpha);
        }
    }

    private static TiffPixels indexed(TiffHeader header) {
        int[] palette = header.palette();
        int entries = palette.length / 3;
        int largest = 0;
        boolean grey = true;
        for (int i = 0; i < entries; i++) {
            grey &= palette[i] == palette[entries + i] && palette[i] == palette[2 * entries + i];
        }
        for (int value : palette) {
            largest = Math.max(largest, value);
        }
        // Values are stated in 16 bits; some programs fill the lower half alone.
        boolean low = largest < 256;
        int channels = grey ? 1 : 3;
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, 8);
        return new TiffPixels(format, (in, from, out, to) -> {
            for (int c = 0; c < channels; c++) {
                int value = palette[c * entries + in[from]];
                out[to + c] = low ? value : (value * 255 + 32767) / 65535;
            }
        });
    }
}
