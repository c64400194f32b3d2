package dev.repsr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes drawings to train a network on, as PNG files. Arguments: folder, number, side in pixels, seed of the first. */
public final class Drawings {
    private Drawings() {}

    /** Writes the pictures. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("bench: Drawings needs FOLDER NUMBER SIDE SEED");
            System.exit(2);
        }
        int number = Integer.parseInt(args[1]);
        int side = Integer.parseInt(args[2]);
        long seed = Long.parseLong(args[3]);
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (int i = 0; i < number; i++) {
            BeforeAfter.write(
                    Drawing.of(seed + i, side),
                    folder.resolve(String.format(Locale.ROOT, "drawing-%05d.png", seed + i)));
        }
    }
}
