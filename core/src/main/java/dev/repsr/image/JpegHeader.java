package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a JPEG file.
 *
 * @param components 1 grey, 3 colour, 4 CMYK
 * @param ycck whether the first three of four components are YCbCr
 * @param inverted whether four components count ink from full to none, as Adobe's programs write them
 * @param complete whether the end mark was found
 */
record JpegHeader(
        int width,
        int height,
        int components,
        boolean ycck,
        boolean inverted,
        boolean complete,
        List<Section> sections,
        ImageMetadata metadata,
        List<String> warnings)
        implements ForeignHeader {
    private static final int MARKER_BYTES = 4;
    private static final int COEFFICIENTS = 64;

    /** Of libjpeg's table of quality 50 for brightness, which all its qualities are multiples of (T.81, table K.1). */
    private static final int SUM_AT_FIFTY = 3688;

    @Override
    public ImageType type() {
        return ImageType.JPEG;
    }

    /** Quality from 1 to 100 as libjpeg counts, by the sum of the first table; 0 if there is none. */
    int quality() {
        for (Section section : sections) {
            byte[] bytes = section.bytes();
            int table = section.from() + MARKER_BYTES;
            boolean tables = section.to() - section.from() > MARKER_BYTES && (bytes[section.from() + 1] & 0xFF) == 0xDB;
            int each = tables && bytes[table] >> 4 != 0 ? 2 : 1;
            if (tables && (bytes[table] & 0x0F) == 0 && table + 1 + each * COEFFICIENTS <= section.to()) {
                double sum = 0;
                for (int i = 0; i < COEFFICIENTS; i++) {
                    int at = table + 1 + i * each;
                    sum += each == 1 ? bytes[at] & 0xFF : ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
                }
                double percent = 100 * sum / SUM_AT_FIFTY;
                return Math.clamp(Math.round(percent <= 100 ? 100 - percent / 2 : 5000 / percent), 1, 100);
            }
        }
        return 0;
    }
}
