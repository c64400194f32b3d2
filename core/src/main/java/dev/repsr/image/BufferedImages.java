package dev.repsr.image;

import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as AWT holds them, taken and made by their stored sample values, as files are: grey, alpha and 16 bits stay, palettes are
 * looked up, and no colour is converted but that of four inks, which become RGB.
 */
public final class BufferedImages {
    private static final int INKS = 4;
    private static final int MAX_BITS = 16;

    private BufferedImages() {}

    /**
     * What an image becomes here.
     *
     * @throws IllegalArgumentException if its samples are no whole numbers of at most 16 bits, or its colours neither grey nor RGB
     *     nor four inks
     */
    public static PictureFormat format(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return new PictureFormat(image.getWidth(), image.getHeight(), OtherPixels.channels(palette), 8);
        }
        Raster raster = image.getRaster();
        if (!OtherPixels.integers(raster)
                || IntStream.of(model.getComponentSize()).anyMatch(bits -> bits > MAX_BITS)) {
            throw notRead("with samples that are no whole numbers of at most 16 bits");
        }
        int colours = colours(model.getColorSpace());
        if (raster.getNumBands() != model.getNumComponents()) {
            throw notRead("of " + raster.getNumBands() + " bands for " + model.getNumComponents() + " components");
        }
        int channels = colours + (model.hasAlpha() ? 1 : 0);
        return new PictureFormat(image.getWidth(), image.getHeight(), channels, OtherPixels.depth(model));
    }

    /** 1 or 3. */
    private static int colours(ColorSpace space) {
        return switch (space.getType()) {
            case ColorSpace.TYPE_GRAY -> 1;
            case ColorSpace.TYPE_RGB, ColorSpace.TYPE_CMYK -> 3;
            default -> throw notRead("whose colours are neither grey nor RGB nor CMYK");
        };
    }

    private static IllegalArgumentException notRead(String what) {
        return new IllegalArgumentException(
                "an image " + what + " is not read; draw it into one of the type TYPE_INT_ARGB");
    }

    /** A copy of the image, and the colour profile of its samples. */
    static PictureSource source(BufferedImage image, String name) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        if (model instanceof IndexColorModel palette) {
            return PictureSource.inMemory(OtherPixels.indexed(raster, palette), ImageMetadata.NONE, new ArrayList<>());
        }
        PictureFormat format = format(image);
        List<String> warnings = new ArrayList<>();
        PixelMap map = OtherPixels.spread(model, format, model.isAlphaPremultiplied());
        IccProfile profile = null;
        if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            map = lighted(map, format);
            warnings.add(name + " is a CMYK picture, made for print; it was converted to RGB, so colours may differ");
        } else {
            profile = profile(model.getColorSpace(), name, format, warnings);
        }
        Picture picture = RasterPicture.mapped(raster, format, map);
        return PictureSource.inMemory(picture, new ImageMetadata(profile, null, 1), warnings);
    }

    /** The light that inks leave. */
    private static PixelMap lighted(PixelMap map, PictureFormat format) {
        int[] inks = new int[INKS + 1];
        long max = format.bitDepth() == 8 ? 255 : 65535;
        return (in, from, out, to) -> {
            map.map(in, from, inks, 0);
            for (int c = 0; c < INKS - 1; c++) {
                out[to + c] = JpegPixels.light(max - inks[c], max - inks[INKS - 1], max);
            }
            if (format.hasAlpha()) {
                out[to + INKS - 1] = inks[INKS];
            }
        };
    }

    /** Of the two colour spaces that AWT's own types have, what files without a profile are taken for, none is told. */
    private static @Nullable IccProfile profile(
            ColorSpace colours, String name, PictureFormat format, List<String> warnings) {
        boolean usual = colours.isCS_sRGB() || colours.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY));
        if (usual || !(colours instanceof ICC_ColorSpace icc)) {
            return null;
        }
        IccProfile profile = IccProfile.sound(name, icc.getProfile().getData(), warnings);
        return profile != null && profile.describes(format) ? profile : null;
    }

    /** Why there can be no image of this format: one sentence; empty if there can. */
    public static Optional<String> refusal(PictureFormat format) {
        long elements =
                isPacked(format) ? (long) format.width() * format.height() : format.bytes() / (format.bitDepth() / 8);
        return elements > Integer.MAX_VALUE - 8
                ? Optional.of("An image of " + format.width() + "x" + format.height()
                        + " pixels is too large to be held in memory; write it into a file")
                : Optional.empty();
    }

    /** Bytes that the image of this format takes. */
    public static long bytes(PictureFormat format) {
        return isPacked(format) ? (long) Integer.BYTES * format.width() * format.height() : format.bytes();
    }

    private static boolean isPacked(PictureFormat format) {
        return format.bitDepth() == 8 && format.channels() >= 3;
    }

    /**
     * Reads all rows into a new image: of TYPE_BYTE_GRAY, TYPE_USHORT_GRAY, TYPE_INT_RGB or TYPE_INT_ARGB where one of these holds the
     * format and no profile is given, else of a custom type with interleaved bytes or unsigned shorts. Values are clamped to 0..1
     * and rounded, halves up.
     *
     * @param rows nothing has been read of it yet; stays open
     * @param profile of the samples; one that is damaged or of other colours is taken for none
     * @throws IllegalArgumentException before the first row is read, with the sentence of {@link #refusal}
     * @throws IOException if {@code rows} fails, or a value is NaN or infinite
     */
    public static BufferedImage read(PictureRows rows, @Nullable IccProfile profile) throws IOException {
        PictureFormat format = rows.format();
        Optional<String> refusal = refusal(format);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get());
        }
        BufferedImage image = blank(format, profile);
        WritableRaster raster = image.getRaster();
        int stride = format.width() * format.channels();
        int max = format.bitDepth() == 8 ? 255 : 65535;
        float[] row = new float[stride];
        int[] samples = new int[stride];
        for (int y = 0; y < format.height(); y++) {
            float[] next = rows.lendRow(row);
            Rounding.requireFinite(next, stride, y);
            for (int i = 0; i < stride; i++) {
                samples[i] = Rounding.toSample(next[i], max);
            }
            raster.setPixels(0, y, format.width(), 1, samples);
        }
        return image;
    }

    private static BufferedImage blank(PictureFormat format, @Nullable IccProfile profile) {
        ColorSpace colours = profile == null ? null : colourSpace(format, profile);
        if (colours == null && isPacked(format)) {
            int type = format.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
            return new BufferedImage(format.width(), format.height(), type);
        }
        if (colours == null && format.channels() == 1) {
            int type = format.bitDepth() == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
            return new BufferedImage(format.width(), format.height(), type);
        }
        if (colours == null) {
            colours = ColorSpace.getInstance(format.colourChannels() == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        }
        ColorModel model = new ComponentColorModel(
                colours,
                format.hasAlpha(),
                false,
                format.hasAlpha() ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                format.bitDepth() == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(format.width(), format.height());
        return new BufferedImage(model, raster, false, null);
    }

    /** Null where AWT cannot use the profile, which would otherwise show when somebody draws the image. */
    private static @Nullable ColorSpace colourSpace(PictureFormat format, IccProfile profile) {
        if (!profile.describes(format)) {
            return null;
        }
        try {
            ColorSpace colours = new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes()));
            colours.toRGB(new float[colours.getNumComponents()]);
            return colours.getNumComponents() == format.colourChannels() ? colours : null;
        } catch (IllegalArgumentException | CMMException e) {
            return null;
        }
    }
}
