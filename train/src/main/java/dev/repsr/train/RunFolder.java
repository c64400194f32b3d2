package dev.repsr.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The output folder of a run, held by one process at a time.
 *
 * @param path the folder, which exists
 */
record RunFolder(Path path, FileChannel channel, FileLock lock) implements AutoCloseable {

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
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    path + ": this folder cannot be made or written to; choose another output folder",
                    e);
        }
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new ConfigRefused(ConfigRefused.Kind.DATA, path + ": another process trains in this folder");
        }
        return new RunFolder(path, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
