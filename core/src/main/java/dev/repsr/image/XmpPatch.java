package dev.repsr.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings up to date what an XMP packet says in pixels, and the orientation. The packet is not parsed: values are found by the names
 * that programs give them, as attributes or as elements, in letters that are single bytes where they are ASCII.
 */
final class XmpPatch {
    private static final Pattern FIELD = Pattern.compile(
            "(?<![\\w-])((?:tiff|exif|GPano|GCamera|Camera):[A-Za-z]{1,40})(\\s{0,9}=\\s{0,9}[\"']|>)(\\d{1,9})(?=[\"'<])");
    private static final Pattern ORIENTATION =
            Pattern.compile("((?<![\\w-])tiff:Orientation(?:\\s{0,9}=\\s{0,9}[\"']|>))[2-8](?=[\"'<])");
    /** What the regions of the Metadata Working Group, faces for one, are measured against. */
    private static final Pattern REGIONS =
            Pattern.compile("AppliedToDimensions\\b.{0,400}?(?:/>|AppliedToDimensions)", Pattern.DOTALL);

    private static final Pattern REGIONS_SIDE =
            Pattern.compile("(stDim:([wh])(?:\\s{0,9}=\\s{0,9}[\"']|>))(\\d{1,9}(?:\\.\\d{1,9})?)(?=[\"'<])");

    private XmpPatch() {}

    static MetadataBytes upright(MetadataBytes xmp, NewSize size) {
        String before = new String(xmp.bytes(), StandardCharsets.ISO_8859_1);
        String after = FIELD.matcher(before)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + found.group(2) + value(found.group(1), found.group(3), size)));
        if (size.orientation() == 1) {
            // Regions of a picture that was turned are no longer where they say, which the old size tells their
            // readers.
            after = REGIONS.matcher(after).replaceAll(found -> Matcher.quoteReplacement(regions(found.group(), size)));
        }
        return after.equals(before) ? xmp : new MetadataBytes(after.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The packet with orientation 1, for a picture that is turned by something else. */
    static MetadataBytes stated(MetadataBytes xmp) {
        String before = new String(xmp.bytes(), StandardCharsets.ISO_8859_1);
        String after = ORIENTATION.matcher(before).replaceAll("$11");
        return new MetadataBytes(after.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String value(String field, String value, NewSize size) {
        return switch (field) {
            case "tiff:Orientation" -> size.orientation() == 1 ? value : "1";
            case "tiff:ImageWidth", "exif:PixelXDimension" -> Integer.toString(size.width());
            case "tiff:ImageLength", "exif:PixelYDimension" -> Integer.toString(size.height());
            case "GPano:FullPanoWidthPixels",
                    "GPano:CroppedAreaImageWidthPixels",
                    "GPano:CroppedAreaLeftPixels",
                    "GPano:LargestValidInteriorRectLeft",
                    "GPano:LargestValidInteriorRectWidth" -> scaled(value, size.across());
            case "GPano:FullPanoHeightPixels",
                    "GPano:CroppedAreaImageHeightPixels",
                    "GPano:CroppedAreaTopPixels",
                    "GPano:LargestValidInteriorRectTop",
                    "GPano:LargestValidInteriorRectHeight" -> scaled(value, size.down());
            // The film behind the photograph stays behind.
            case "GCamera:MotionPhoto", "GCamera:MicroVideo", "Camera:MotionPhoto" -> "0";
            default -> value;
        };
    }

    private static String regions(String element, NewSize size) {
        return REGIONS_SIDE
                .matcher(element)
                .replaceAll(found -> found.group(1)
                        + scaled(found.group(3), found.group(2).equals("w") ? size.across() : size.down()));
    }

    private static String scaled(String value, double factor) {
        return String.format(Locale.ROOT, "%.0f", Double.parseDouble(value) * factor);
    }
}
