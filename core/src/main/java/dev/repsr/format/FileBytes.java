package dev.repsr.format;

import dev.repsr.format.ModelRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All bytes of a model file, within a limit. */
final class FileBytes {
    /** Many times what the largest networks and checkpoints need, and within what one array holds. */
    private static final long MAX_FILE = 1L << 30;

    private FileBytes() {}

    /** @throws ModelRefused if there is no such file, or it is too large for a network */
    static byte[] of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused(Reason.MISSING, file + ": there is no such model file");
        }
        long size = Files.size(file);
        if (size > MAX_FILE) {
            throw new ModelRefused(
                    Reason.UNSUPPORTED, file + ": " + size + " bytes; a model file has at most " + MAX_FILE);
        }
        return Files.readAllBytes(file);
    }
}
