package dev.repsr.image;

/** Names formats that are not read, so that a refusal can say what a file is. */
final class FirstBytes {
    private FirstBytes() {}

    /** "a WebP picture" and the like, or nothing. */
    static String describe(byte[] head) {
        Bytes in = Bytes.bigEndian(head);
        if (in.has(0, "RIFF") && in.has(8, "WEBP")) {
            return "a WebP picture";
        }
        if (in.has(4, "ftypavif") || in.has(4, "ftypavis")) {
            return "an AVIF picture";
        }
        if (in.has(4, "ftyphei") || in.has(4, "ftypmif1")) {
            return "a HEIC picture";
        }
        if (in.has(0, "\u00FF\n") || in.has(4, "JXL ")) {
            return "a JPEG XL picture";
        }
        if (in.has(0, "8BPS")) {
            return "a Photoshop file";
        }
        return in.has(0, "%PDF") ? "a PDF document" : "";
    }
}
