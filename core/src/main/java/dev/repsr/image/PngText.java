package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The text chunks of a PNG that carry whole metadata: XMP as the XMP specification says (iTXt), and IPTC and EXIF as ImageMagick
 * and ExifTool write them, in hexadecimal digits ("Raw profile type iptc").
 */
final class PngText {
    static final String XMP = "XML:com.adobe.xmp";
    static final String IPTC = "Raw profile type iptc";
    static final String PHOTOSHOP = "Raw profile type 8bim";
    static final String EXIF = "Raw profile type exif";
    /** A whole application segment of a JPEG. */
    static final String SEGMENT = "Raw profile type APP1";

    private static final String RAW = "Raw profile type ";
    private static final int MAX_TEXT = 1 << 20;

    private PngText() {}

    /** The XMP packet, if the iTXt chunk is one; compressed or not. */
    static @Nullable MetadataBytes xmp(byte[] file, int from, int to) {
        Bytes in = new Bytes(file, from, to, ByteOrder.BIG_ENDIAN);
        int flags = XMP.length() + 1;
        if (!in.has(0, XMP + "\0") || in.length() < flags + 4) {
            return null;
        }
        boolean compressed = in.u8(flags) != 0;
        int at = afterZero(file, afterZero(file, from + flags + 2, to), to);
        if (at >= to) {
            return null;
        }
        byte[] packet = compressed ? inflated(file, at, to) : Arrays.copyOfRange(file, at, to);
        return packet.length == 0 || (compressed && packet.length > MAX_TEXT) ? null : new MetadataBytes(packet);
    }

    /** The bytes of a text chunk "Raw profile type", which ImageMagick and ExifTool write in digits; empty if it is none. */
    static byte[] rawProfile(byte[] file, int from, int to, boolean compressed) {
        Bytes in = new Bytes(file, from, to, ByteOrder.BIG_ENDIAN);
        if (!in.has(0, RAW)) {
            return new byte[0];
        }
        int start = Math.min(to, afterZero(file, from, to) + (compressed ? 1 : 0));
        byte[] text = compressed ? inflated(file, start, to) : Arrays.copyOfRange(file, start, to);
        // A line break, the kind, a line break, the length, a line break, the digits in lines.
        String[] parts = new String(text, StandardCharsets.US_ASCII).strip().split("\\s+", 3);
        if (parts.length < 3 || text.length > MAX_TEXT) {
            return new byte[0];
        }
        try {
            return HexFormat.of().parseHex(parts[2].replaceAll("\\s+", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** IPTC records as the text that {@link #rawProfile} reads. */
    static byte[] iptcText(MetadataBytes iptc) {
        byte[] resources = PhotoshopResources.of(iptc.bytes());
        String digits = HexFormat.of().formatHex(resources).replaceAll("(.{72})", "$1\n");
        return ("\niptc\n" + String.format(Locale.ROOT, "%8d", resources.length) + "\n" + digits + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int afterZero(byte[] file, int from, int to) {
        int at = from;
        while (at < to && file[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private static byte[] inflated(byte[] file, int from, int to) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, from, to - from);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] block = new byte[1 << 12];
            int count = inflater.inflate(block);
            while (count > 0 && text.size() <= MAX_TEXT) {
                text.write(block, 0, count);
                count = inflater.inflate(block);
            }
            return text.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
