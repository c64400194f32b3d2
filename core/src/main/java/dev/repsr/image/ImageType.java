package dev.repsr.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A picture file format. */
public enum ImageType {
    /** Portable Network Graphics: without loss, 8 and 16 bits, alpha. */
    PNG("PNG", true, "png"),
    /** JPEG: with loss, 8 bits, no alpha. */
    JPEG("JPEG", true, "jpg", "jpeg", "jpe", "jfif"),
    /** Windows bitmap; read only. */
    BMP("BMP", false, "bmp", "dib"),
    /** Graphics Interchange Format: 256 colours, animations. */
    GIF("GIF", true, "gif"),
    /** Tagged Image File Format, BigTIFF too: without loss, 8 and 16 bits, alpha. */
    TIFF("TIFF", true, "tif", "tiff", "btf"),
    /** WebP, by a plug-in: with loss, 8 bits, alpha. */
    WEBP("WebP", true, "webp"),
    /** Portable anymap (PBM, PGM, PPM, PAM); read only. */
    PNM("PNM", false, "pnm", "pbm", "pgm", "ppm", "pam");

    private final String title;
    private final boolean writable;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> extensions;

    ImageType(String title, boolean writable, String... extensions) {
        this.title = title;
        this.writable = writable;
        this.extensions = List.of(extensions);
    }

    /** The format's name as people write it. */
    public String title() {
        return title;
    }

    /** Whether {@link ImageWriter} writes it. */
    public boolean writable() {
        return writable;
    }

    /** File name endings in lower case without the dot, the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    /** The usual file name ending, without the dot. */
    public String extension() {
        return extensions.getFirst();
    }

    /** The format that a file name, or a bare ending, asks for. Says nothing about what a file contains. */
    public static Optional<ImageType> ofName(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (ImageType type : values()) {
            if (type.extensions.contains(ending)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The format whose files begin with these bytes. */
    static @Nullable ImageType ofFirstBytes(byte[] head) {
        if (begins(head, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return PNG;
        }
        if (begins(head, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (begins(head, 'G', 'I', 'F', '8', '7', 'a') || begins(head, 'G', 'I', 'F', '8', '9', 'a')) {
            return GIF;
        }
        if (begins(head, 'I', 'I', 42, 0)
                || begins(head, 'M', 'M', 0, 42)
                || begins(head, 'I', 'I', 43, 0, 8, 0)
                || begins(head, 'M', 'M', 0, 43, 0, 8)) {
            return TIFF;
        }
        if (begins(head, 'R', 'I', 'F', 'F') && Bytes.bigEndian(head).has(8, "WEBP")) {
            return WEBP;
        }
        if (head.length > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' && isSpace(head[2])) {
            return PNM;
        }
        return begins(head, 'B', 'M') ? BMP : null;
    }

    private static boolean isSpace(byte letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }

    private static boolean begins(byte[] head, int... signature) {
        if (head.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((head[i] & 0xFF) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
