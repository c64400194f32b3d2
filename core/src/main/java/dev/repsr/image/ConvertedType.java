package dev.repsr.image;

import org.jspecify.annotations.Nullable;

/** Formats that are not decoded here, but may be by a {@link PictureConverter}. */
public enum ConvertedType {
    /** AV1 Image File Format. */
    AVIF("AVIF"),
    /** High Efficiency Image File Format. */
    HEIC("HEIC"),
    /** JPEG XL. */
    JPEG_XL("JPEG XL");

    private final String title;

    ConvertedType(String title) {
        this.title = title;
    }

    /** The format's name as people write it. */
    public String title() {
        return title;
    }

    static @Nullable ConvertedType ofFirstBytes(byte[] head) {
        Bytes in = Bytes.bigEndian(head);
        if (in.has(4, "ftypavif") || in.has(4, "ftypavis")) {
            return AVIF;
        }
        if (in.has(4, "ftyphei") || in.has(4, "ftyphev") || in.has(4, "ftypmif1")) {
            return HEIC;
        }
        return in.has(0, "\u00FF\n") || in.has(4, "JXL ") ? JPEG_XL : null;
    }
}
