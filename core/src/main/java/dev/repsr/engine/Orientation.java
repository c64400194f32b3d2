package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the eight ways to lay a picture.
 *
 * @param mirrored whether left and right are exchanged
 * @param upsideDown whether top and bottom are exchanged
 * @param turned whether columns are read as rows
 */
record Orientation(boolean mirrored, boolean upsideDown, boolean turned) {
    /** All of them, the upright one first. */
    static final List<Orientation> ALL = IntStream.range(0, 8)
            .mapToObj(bits -> new Orientation((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0))
            .toList();

    /** Size of a picture laid this way. */
    PictureFormat of(PictureFormat upright) {
        return turned ? upright.resized(upright.height(), upright.width()) : upright;
    }

    /** The column of the upright picture in which pixel (x, y) of the one laid this way is. */
    int column(int x, int y, int uprightWidth) {
        int column = turned ? y : x;
        return mirrored ? uprightWidth - 1 - column : column;
    }

    /** The row of the upright picture in which pixel (x, y) of the one laid this way is. */
    int row(int x, int y, int uprightHeight) {
        int row = turned ? x : y;
        return upsideDown ? uprightHeight - 1 - row : row;
    }
}
