package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;

/** Runs a decoder of ImageIO. Whatever it throws is turned into a refusal by {@link ImageReader}. */
final class Decoder {
    private static final int MAX_WARNINGS = 8;

    private Decoder() {}

    /** Decodes the first picture; what the decoder complains about is added to {@code warnings}. */
    static BufferedImage decode(String name, Header header, List<String> warnings) throws IOException {
        ImageType type = header.type();
        var readers = ImageIO.getImageReadersByFormatName(type.title());
        if (!readers.hasNext()) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED, name + " is a " + type.title() + " file, which this Java runtime cannot read");
        }
        javax.imageio.ImageReader reader = readers.next();
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
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
