package dev.repsr.image;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resets the orientation that an XMP packet states; the packet is not parsed, and its length stays. */
final class XmpPatch {
    /** As an attribute or as an element, in a packet whose letters are single bytes where they are ASCII. */
    private static final Pattern ORIENTATION = Pattern.compile("(tiff:Orientation\\s{0,9}(?:=\\s{0,9}[\"']|>))[2-8]");

    private XmpPatch() {}

    static MetadataBytes upright(MetadataBytes xmp) {
        Matcher matcher = ORIENTATION.matcher(new String(xmp.bytes(), StandardCharsets.ISO_8859_1));
        return matcher.find()
                ? new MetadataBytes(
                        matcher.replaceAll(found -> found.group(1) + "1").getBytes(StandardCharsets.ISO_8859_1))
                : xmp;
    }
}
