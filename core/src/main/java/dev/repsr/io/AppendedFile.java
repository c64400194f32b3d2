package dev.repsr.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows record by record while others read it, for formats that are made for this: their readers know where the
 * last whole record ends. Everything else is written by {@link AtomicFile}.
 */
public final class AppendedFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private AppendedFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the file, or makes it. */
    public static AppendedFile open(Path file) throws IOException {
        try {
            return new AppendedFile(file, OwnFile.open(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new IOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds one record.
     *
     * @throws IOException one sentence that names the file and what the file system says
     */
    public void append(byte[] record) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            long free = Files.getFileStore(file.toAbsolutePath()).getUsableSpace();
            throw new IOException(
                    "Cannot write " + file + ": " + e.getMessage() + " (" + free + " bytes are free there)", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
