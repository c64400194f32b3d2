package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.util.List;

/** Reads size and compression from the header of a Windows bitmap. */
final class BmpProbe {
    private static final int HEADER = 14;
    private static final int OLD_HEADER_SIZE = 12;
    /** Headers of this size and more have room for a mask of alpha. */
    private static final int WITH_ALPHA_MASK = 56;

    private static final int JPEG_INSIDE = 4;
    private static final int PNG_INSIDE = 5;

    private BmpProbe() {}

    static OtherHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        Bytes in = Bytes.littleEndian(file);
        if (in.length() < HEADER + OLD_HEADER_SIZE) {
            throw new ImageRefused(Reason.DAMAGED, name + " is a damaged BMP file: it ends within its header");
        }
        boolean old = in.u32(HEADER) == OLD_HEADER_SIZE;
        long width = old ? in.u16(HEADER + 4) : (int) in.u32(HEADER + 4);
        // A negative height only says that the rows go from top to bottom.
        long height = old ? in.u16(HEADER + 6) : Math.abs((long) (int) in.u32(HEADER + 8));
        limits.checkInput(name, width, height);
        long compression = old ? 0 : in.u32(HEADER + 16);
        if (compression == JPEG_INSIDE || compression == PNG_INSIDE) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED, name + " is a BMP with another picture file inside; convert it to PNG");
        }
        boolean alpha = in.u32(HEADER) >= WITH_ALPHA_MASK || in.u16(HEADER + (old ? 10 : 14)) > 24;
        return OtherHeader.plain(ImageType.BMP, width, height, alpha ? 4 : 3, file, List.of());
    }
}
