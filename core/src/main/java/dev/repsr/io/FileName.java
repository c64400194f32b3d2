package dev.repsr.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What file systems say of the names of files that are to be written. */
public final class FileName {
    private FileName() {}

    /**
     * Whether the file system where it would lie takes no such name, mostly since it is too long: 255 bytes are usual, and some take
     * less. What else may be wrong shows when the file is written.
     */
    public static boolean isImpossible(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        // A folder that is still to be made will lie in the same file system.
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || file.getFileName() == null) {
            return false;
        }
        try {
            Files.readAttributes(
                    folder.resolve(file.getFileName()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return false;
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        } catch (FileSystemException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
