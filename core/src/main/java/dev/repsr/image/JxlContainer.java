package dev.repsr.image;

import dev.repsr.image.BoxList.Box;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The boxes of a JPEG XL file (ISO/IEC 18181-2) beside its pixels; a bare codestream has none. */
final class JxlContainer {
    private static final int MAX_BYTES = 8 << 20;

    private JxlContainer() {}

    static ContainerFacts read(byte[] file) {
        @Nullable MetadataBytes exif = null;
        @Nullable MetadataBytes xmp = null;
        boolean packed = false;
        if (!Bytes.bigEndian(file).has(4, "JXL ")) {
            return ContainerFacts.NONE;
        }
        for (Box box : BoxList.of(file, 0, file.length)) {
            boolean sensible = box.to() - box.from() <= MAX_BYTES && box.to() - box.from() > 4;
            if (box.type().equals("Exif") && sensible) {
                exif = ContainerFacts.exif(file, box.from(), box.to());
            } else if (box.type().equals("xml ") && sensible) {
                xmp = new MetadataBytes(Arrays.copyOfRange(file, box.from(), box.to()));
            } else if (box.type().equals("brob")) {
                packed |= Bytes.bigEndian(file).has(box.from(), "Exif")
                        || Bytes.bigEndian(file).has(box.from(), "xml ");
            }
        }
        return new ContainerFacts(1, new int[0], exif, xmp, null, packed, false);
    }
}
