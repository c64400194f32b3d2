package dev.repsr.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageTypeSpecifier;

/** Pictures for tests. */
public final class Pictures {
    private Pictures() {}

    /** Every sample drawn anew; the same for the same seed. */
    public static Picture random(PictureFormat format, long seed) {
        Random random = new Random(seed);
        int samples = format.width() * format.height() * format.channels();
        if (format.bitDepth() == 8) {
            byte[] bytes = new byte[samples];
            random.nextBytes(bytes);
            return Picture.of(format, bytes);
        }
        short[] shorts = new short[samples];
        for (int i = 0; i < samples; i++) {
            shorts[i] = (short) random.nextInt();
        }
        return Picture.of(format, shorts);
    }

    /** A soft gradient in each channel with a sharp edge in it, as photographs have. */
    public static Picture smooth(PictureFormat format) {
        int samples = format.width() * format.height() * format.channels();
        float max = format.bitDepth() == 8 ? 255 : 65535;
        byte[] bytes = new byte[format.bitDepth() == 8 ? samples : 0];
        short[] shorts = new short[format.bitDepth() == 8 ? 0 : samples];
        int next = 0;
        for (int y = 0; y < format.height(); y++) {
            for (int x = 0; x < format.width(); x++) {
                for (int c = 0; c < format.channels(); c++, next++) {
                    double wave = 0.5 + 0.3 * Math.sin(0.05 * (c + 1) * x) + 0.15 * Math.cos(0.07 * y);
                    int sample = (int) (max * (x + y > format.width() ? wave : 1 - wave));
                    if (format.bitDepth() == 8) {
                        bytes[next] = (byte) sample;
                    } else {
                        shorts[next] = (short) sample;
                    }
                }
            }
        }
        return format.bitDepth() == 8 ? Picture.of(format, bytes) : Picture.of(format, shorts);
    }

    /** The picture as the JDK's encoders take it; grey, RGB or RGB with alpha. */
    static BufferedImage image(Picture picture) {
        int channels = picture.format().channels();
        int type = picture.format().bitDepth() == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        int[] bands = IntStream.range(0, channels).toArray();
        ColorSpace colours = ColorSpace.getInstance(channels < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ImageTypeSpecifier kind = ImageTypeSpecifier.createInterleaved(
                colours, bands, type, picture.format().hasAlpha(), false);
        BufferedImage image = kind.createBufferedImage(picture.width(), picture.height());
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    image.getRaster().setSample(x, y, c, picture.sample(x, y, c));
                }
            }
        }
        return image;
    }

    /** All kinds of format that there are, in a size that is no multiple of anything. */
    public static Stream<PictureFormat> kinds() {
        return Stream.of(1, 2, 3, 4)
                .flatMap(channels -> Stream.of(8, 16).map(bitDepth -> new PictureFormat(37, 23, channels, bitDepth)));
    }
}
