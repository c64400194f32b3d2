package dev.repsr.app.folder;

import dev.repsr.Upscaler;
import dev.repsr.io.FolderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that a run writes to, held for this run alone, with the journal in it. */
public final class OutputFolder implements AutoCloseable {
    private final FolderLock lock;
    private final OutputFolders folders;
    private final Journal journal;

    private OutputFolder(FolderLock lock, OutputFolders folders, Journal journal) {
        this.lock = lock;
        this.folders = folders;
        this.journal = journal;
    }

    /**
     * Makes the folder if need be.
     *
     * @param root folder below which all outputs lie
     * @param resume whether outputs that the journal confirms are not made again
     * @return empty if another run holds the folder
     */
    public static Optional<OutputFolder> open(Path root, Upscaler upscaler, boolean resume) throws IOException {
        OutputFolders folders = new OutputFolders(root);
        Optional<FolderLock> lock = FolderLock.tryLock(root);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OutputFolder(lock.get(), folders, Journal.open(root, SettingsChecksum.of(upscaler), resume)));
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    OutputFolders folders() {
        return folders;
    }

    Journal journal() {
        return journal;
    }

    @Override
    public void close() throws IOException {
        journal.close();
        lock.close();
    }
}
