package dev.repsr.app.folder;

import dev.repsr.OutputRefused;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the folders below the output folder, and none anywhere else: a link that leads out of it is not followed. */
final class OutputFolders {
    private final Path root;
    private final Path realRoot;
    private final Set<Path> ready = ConcurrentHashMap.newKeySet();

    OutputFolders(Path root) throws IOException {
        Files.createDirectories(root);
        this.root = root;
        this.realRoot = root.toRealPath();
    }

    /**
     * Makes the folder of an output, and clears away what a killed run has left half written there.
     *
     * @throws OutputRefused if it would lie outside the output folder
     */
    void makeFor(Path output) throws IOException {
        Path folder = root.relativize(output).getParent();
        Path made = root;
        if (folder != null) {
            for (Path part : folder) {
                made = made.resolve(part);
                makeOne(made, output);
            }
        }
        if (ready.add(made)) {
            AtomicFile.sweep(made);
        }
    }

    private void makeOne(Path folder, Path output) throws IOException {
        if (!Files.exists(folder)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw new IOException("Cannot write " + output + ": " + folder + " is not a folder", e);
                }
            }
        }
        if (!folder.toRealPath().startsWith(realRoot)) {
            throw new OutputRefused(
                    OutputRefused.Reason.OUTSIDE,
                    output + " would lie outside " + root + ", where " + folder + " leads; remove that link");
        }
    }
}
