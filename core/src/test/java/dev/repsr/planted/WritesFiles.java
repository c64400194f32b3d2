package dev.repsr.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates a file. */
final class WritesFiles {
    private WritesFiles() {}

    static void write(Path file) throws IOException {
        Files.write(file, new byte[1]);
    }
}
