package dev.repsr.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens files under names of our own in folders that others may write to. What stands there may lead elsewhere, so a symbolic link
 * is never followed, and nothing but an ordinary file is opened.
 */
final class OwnFile {
    private OwnFile() {}

    /** Opens a file for writing, or makes it. */
    static FileChannel open(Path file, OpenOption... more) throws IOException {
        requireOrdinary(file);
        Set<OpenOption> options = new HashSet<>(List.of(more));
        // Between the look and the opening somebody may have put a link there.
        options.addAll(List.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        return FileChannel.open(file, options);
    }

    static void requireOrdinary(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Cannot write " + file + ": it is a link or no ordinary file; remove it");
        }
    }
}
