package dev.repsr.app.video;

import java.util.Optional;

/**
 * What the numbers of a frame mean: where black and white lie, how luma is made of red, green and blue (ITU-R BT.601, BT.709, BT.2020,
 * SMPTE 240M), and where samples of colour sit between the pixels that share them.
 *
 * @param matrix as FFmpeg calls it
 * @param red share of red in luma
 * @param blue share of blue in luma
 * @param full whether black and white are the least and the largest number; else there is room at both ends
 * @param onPixelX whether a sample of colour sits on the first of its pixels across, instead of in their middle
 * @param onPixelY the same down
 */
record Colours(String matrix, double red, double blue, boolean full, boolean onPixelX, boolean onPixelY) {
    /** Rows up to which films without a word about their colours are taken for standard definition, as players do. */
    private static final int STANDARD_ROWS = 576;

    /**
     * By the words that FFmpeg has for them.
     *
     * @param space matrix, or "unknown"
     * @param full whether there is no room at the ends
     * @param location of samples of colour, or "unspecified"
     * @param height of the film
     * @return empty if the matrix is none that is known here
     */
    static Optional<Colours> of(String space, boolean full, String location, int height) {
        String matrix = switch (space) {
            case "", "unknown", "unspecified", "gbr", "reserved" -> height <= STANDARD_ROWS ? "smpte170m" : "bt709";
            default -> space;
        };
        boolean onPixelX = !location.equals("center") && !location.equals("top") && !location.equals("bottom");
        boolean onPixelY = location.equals("topleft") || location.equals("top");
        return switch (matrix) {
            case "smpte170m", "bt470bg" -> Optional.of(new Colours(matrix, 0.299, 0.114, full, onPixelX, onPixelY));
            case "bt709" -> Optional.of(new Colours(matrix, 0.2126, 0.0722, full, onPixelX, onPixelY));
            case "bt2020nc" -> Optional.of(new Colours(matrix, 0.2627, 0.0593, full, onPixelX, onPixelY));
            case "smpte240m" -> Optional.of(new Colours(matrix, 0.212, 0.087, full, onPixelX, onPixelY));
            case "fcc" -> Optional.of(new Colours(matrix, 0.3, 0.11, full, onPixelX, onPixelY));
            default -> Optional.empty();
        };
    }

    double green() {
        return 1 - red - blue;
    }

    /** The number of black. */
    double black(int bits) {
        return full ? 0 : 16 << (bits - 8);
    }

    /** Numbers from black to white. */
    double span(int bits) {
        return full ? (1 << bits) - 1 : 219 << (bits - 8);
    }

    /** The number of no colour. */
    double neutral(int bits) {
        return 1 << (bits - 1);
    }

    /** Numbers from the least to the largest difference of colour. */
    double chromaSpan(int bits) {
        return full ? (1 << bits) - 1 : 224 << (bits - 8);
    }
}
