package dev.repsr.bench;

import dev.repsr.Models;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.Model;
import dev.repsr.image.Bicubic;
import dev.repsr.image.Picture;
import java.io.IOException;

/**
 * What is judged: bicubic enlargement, or a network on the engine that runs it for users.
 *
 * @param name in the tables
 * @param scale enlargement
 * @param enlarger makes the picture {@code scale} times as large
 */
record Judged(String name, int scale, Enlarger enlarger) {
    private static final long MEMORY = 1L << 28;

    /** Makes a larger picture, RGB of 8 bits. */
    @FunctionalInterface
    interface Enlarger {
        Picture enlarge(Picture picture) throws IOException;
    }

    static Judged bicubic(int scale) {
        return new Judged("bicubic", scale, picture -> Bicubic.enlarge(picture, scale));
    }

    /** A built-in network or a model file. */
    static Judged network(String nameOrFile) throws IOException {
        return network(Models.open(nameOrFile));
    }

    static Judged network(Model model) {
        PreparedNetwork prepared = Engines.choose("auto").prepare(model.network());
        return new Judged(model.name(), model.network().scale(), picture -> {
            try (EnlargedRows rows = new EnlargedRows(prepared, picture.rows(), 1, MEMORY)) {
                return Picture.read(rows);
            }
        });
    }
}
