package dev.repsr.image;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Turns a decoder's raster into a picture by its stored sample values, past every colour model and colour space. */
final class RasterPicture {

    private RasterPicture() {}

    /** The stored samples as they are. */
    static Picture plain(Raster raster, PictureFormat format) {
        int channels = format.channels();
        byte[] own = format.bitDepth() == 8 ? interleavedBytes(raster, channels) : new byte[0];
        if (own.length != 0) {
            return Picture.wrap(format, own);
        }
        return mapped(
                raster, format, (stored, from, samples, to) -> System.arraycopy(stored, from, samples, to, channels));
    }

    /** The decoder's own array, where it holds just these samples in this order or in the opposite one; else empty. */
    private static byte[] interleavedBytes(Raster raster, int channels) {
        if (!(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
                || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
                || buffer.getNumBanks() != 1
                || buffer.getOffset() != 0
                || raster.getMinX() != raster.getSampleModelTranslateX()
                || raster.getMinY() != raster.getSampleModelTranslateY()
                || model.getPixelStride() != channels
                || model.getScanlineStride() != channels * raster.getWidth()) {
            return new byte[0];
        }
        byte[] data = buffer.getData();
        int[] offsets = model.getBandOffsets();
        if (data.length != model.getScanlineStride() * raster.getHeight() || offsets.length != channels) {
            return new byte[0];
        }
        boolean forward = true;
        boolean backward = channels == 3;
        for (int c = 0; c < channels; c++) {
            forward &= offsets[c] == c;
            backward &= offsets[c] == channels - 1 - c;
        }
        if (backward) {
            for (int i = 0; i < data.length; i += 3) {
                byte blue = data[i];
                data[i] = data[i + 2];
                data[i + 2] = blue;
            }
        }
        return forward || backward ? data : new byte[0];
    }

    static Picture mapped(Raster raster, PictureFormat format, PixelMap map) {
        int width = format.width();
        int channels = format.channels();
        int bands = raster.getNumBands();
        boolean deep = format.bitDepth() == 16;
        int count = Math.multiplyExact(Math.multiplyExact(width, format.height()), channels);
        byte[] bytes = new byte[deep ? 0 : count];
        short[] shorts = new short[deep ? count : 0];
        int[] stored = new int[width * bands];
        int[] samples = new int[width * channels];
        int next = 0;
        for (int y = 0; y < format.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, stored);
            for (int x = 0; x < width; x++) {
                map.map(stored, x * bands, samples, x * channels);
            }
            for (int sample : samples) {
                if (deep) {
                    shorts[next++] = (short) sample;
                } else {
                    bytes[next++] = (byte) sample;
                }
            }
        }
        return deep ? Picture.wrap(format, shorts) : Picture.wrap(format, bytes);
    }
}
