package dev.repsr.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folders for temporary files that name their process, so that what a killed one has left can be told from what is in use. */
public final class TemporaryFolder {
    private static final System.Logger LOG = System.getLogger(TemporaryFolder.class.getName());
    private static final String PREFIX = "repsr-";
    /** A process that is not seen from here, in another container say, has long made its files by then. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private TemporaryFolder() {}

    /**
     * Makes a folder that is deleted when the program ends, if it is empty then. Those of the same purpose whose processes have
     * ended are deleted first.
     *
     * @param purpose letters alone
     */
    public static Path make(String purpose) throws IOException {
        String prefix = PREFIX + purpose + "-";
        Path all = Path.of(System.getProperty("java.io.tmpdir", "."));
        Path folder =
                Files.createTempDirectory(all, prefix + ProcessHandle.current().pid() + "-");
        sweep(all, Pattern.compile(prefix + "(\\d{1,18})-.*"));
        folder.toFile().deleteOnExit();
        return folder;
    }

    /** Puts a file there that is deleted when the program ends, before its folder is. */
    public static Path put(Path folder, String name, InputStream bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.copy(bytes, file);
        file.toFile().deleteOnExit();
        return file;
    }

    private static void sweep(Path all, Pattern name) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, PREFIX + "*")) {
            for (Path folder : folders) {
                Matcher match = name.matcher(folder.getFileName().toString());
                if (match.matches()
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && ProcessHandle.of(Long.parseLong(match.group(1))).isEmpty()
                        && isOld(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(System.Logger.Level.DEBUG, "temporary folders are not swept", e);
        }
    }

    private static boolean isOld(Path folder) throws IOException {
        Instant changed =
                Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
        return changed.isBefore(Instant.now().minus(OLD));
    }

    /** One that belongs to somebody else stays. */
    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(System.Logger.Level.DEBUG, folder + " is not swept", e);
        }
    }
}
