package dev.repsr.image;

/**
 * A chunk of a PNG that another PNG keeps as it came: what it says of its colours beside a profile, or a text.
 *
 * @param name four letters
 * @param data content without frame and checksum
 */
public record PngChunk(String name, MetadataBytes data) {
    /** Whether it is a text with a keyword. */
    boolean isText() {
        return name.equals("tEXt") || name.equals("zTXt") || name.equals("iTXt");
    }

    /** The keyword of a text. */
    String keyword() {
        StringBuilder keyword = new StringBuilder();
        for (byte letter : data.bytes()) {
            if (letter == 0) {
                break;
            }
            keyword.append((char) (letter & 0xFF));
        }
        return keyword.toString();
    }
}
