package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;

/** Runs a decoder of ImageIO. Whatever it throws is turned into a refusal by the {@link DecodeBorder}. */
final class Decoder {
    private static final int MAX_WARNINGS = 8;
    private static final String RUNTIME = "com.sun.imageio.";
    private static final String WEBP_MAKER = "com.luciad.imageio.webp.";

    private Decoder() {}

    /**
     * The picture as it is stored. With a time that was asked for, the decoder runs in another process, where it can be ended;
     * else in another thread, which is not waited for longer than {@link ReadOptions#PATIENCE}.
     */
    static Picture picture(
            String name,
            ForeignHeader header,
            byte[] file,
            ReadOptions options,
            Deadline deadline,
            List<String> warnings)
            throws IOException {
        if (deadline.isSet()) {
            return DecodeWorkers.shared().decode(name, header.type(), file, options.limits(), deadline, warnings);
        }
        List<String> complaints = new ArrayList<>();
        Picture picture =
                DecodeThread.run(name, Deadline.in(ReadOptions.PATIENCE), () -> picture(name, header, complaints));
        warnings.addAll(complaints);
        return picture;
    }

    /** The picture as it is stored, decoded here; what the decoder complains about is added to {@code warnings}. */
    static Picture picture(String name, ForeignHeader header, List<String> warnings) throws IOException {
        javax.imageio.ImageReader reader = reader(name, header.type());
        try (ImageInputStream in = new SectionInput(header.sections())) {
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warnings.size() < MAX_WARNINGS) {
                    warnings.add(name + ": " + warning);
                }
            });
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new ImageRefused(Reason.DAMAGED, name + " contradicts itself about its size");
            }
            return switch (header) {
                case JpegHeader jpeg -> jpeg(name, jpeg, reader, warnings);
                case OtherHeader other -> OtherPixels.picture(name, other, reader.read(0));
            };
        } finally {
            reader.dispose();
        }
    }

    /** Java knows no colour space of four inks, but gives their raw values. */
    private static Picture jpeg(String name, JpegHeader header, javax.imageio.ImageReader reader, List<String> warnings)
            throws IOException {
        Raster raster = header.components() == 4
                ? reader.readRaster(0, null)
                : reader.read(0).getRaster();
        return JpegPixels.picture(name, header, raster, warnings);
    }

    /**
     * One decoder for each format, whatever plug-ins there are: others were found to read some pictures wrongly, so none is taken
     * that is not compared with the format's own library.
     */
    private static javax.imageio.ImageReader reader(String name, ImageType type) throws ImageRefused {
        if (type == ImageType.WEBP) {
            WebpLibrary.require();
        }
        String maker = type == ImageType.WEBP ? WEBP_MAKER : RUNTIME;
        Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReadersByFormatName(type.title());
        while (readers.hasNext()) {
            javax.imageio.ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(maker)) {
                return reader;
            }
        }
        throw new ImageRefused(
                Reason.UNSUPPORTED,
                name + " is a " + type.title() + " file, which this Java runtime cannot read"
                        + (type == ImageType.WEBP ? " without the plug-in webp-imageio" : ""));
    }
}
