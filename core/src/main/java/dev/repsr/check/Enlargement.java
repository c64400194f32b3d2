package dev.repsr.check;

import dev.repsr.image.PictureRows;
import java.io.IOException;

/** What a network makes of a picture: rows that are closed together with the input. */
@FunctionalInterface
public interface Enlargement {
    /** The enlarged rows of {@code input}. */
    PictureRows of(PictureRows input) throws IOException;
}
