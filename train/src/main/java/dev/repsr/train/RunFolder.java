package dev.repsr.train;

import dev.repsr.io.FolderLock;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The output folder of a run, held by one process at a time.
 *
 * @param path the folder, which exists
 */
record RunFolder(Path path, FolderLock lock) implements AutoCloseable {

    /**
     * Creates and locks the folder.
     *
     * @throws ConfigRefused if the folder cannot be made, if another process trains there, or if checkpoints lie there and
     *     the run is not to be resumed
     */
    static RunFolder open(TrainConfig config, boolean resume, Checkpoints checkpoints) throws IOException {
        RunFolder folder = lock(config.output());
        try {
            if (!resume && checkpoints.exist()) {
                throw new ConfigRefused(
                        ConfigRefused.Kind.DATA,
                        folder.path()
                                + ": a run lies there already; add --resume to go on with it, or choose another output folder");
            }
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private static RunFolder lock(Path path) throws IOException {
        try {
            FolderLock lock = FolderLock.tryLock(path)
                    .orElseThrow(() -> new ConfigRefused(
                            ConfigRefused.Kind.DATA, path + ": another process trains in this folder"));
            return new RunFolder(path, lock);
        } catch (ConfigRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    path + ": this folder cannot be made or written to; choose another output folder",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
