package dev.repsr.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A temporary folder of files that come and go, with a limit on what all of them hold together. It is gone when it is closed; what a
 * killed process has left is deleted by the next one. Thread-safe; each file is used by one thread at a time.
 */
public final class Spool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Spool.class.getName());
    private static final int BUFFER = 1 << 16;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Path folder;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong files = new AtomicLong();

    /** No room for more. */
    public static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        private Full(long maxBytes) {
            super("the folder for temporary files holds no more than " + maxBytes + " bytes");
        }
    }

    private Spool(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * Makes a folder.
     *
     * @param purpose letters alone; those of the same purpose whose processes have ended are deleted
     * @param maxBytes of all files together, at least 1
     */
    public static Spool open(String purpose, long maxBytes) throws IOException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException(maxBytes + " bytes");
        }
        return new Spool(TemporaryFolder.make(purpose), maxBytes);
    }

    /** Bytes of all files now. */
    public long bytes() {
        return bytes.get();
    }

    /** Files that are there now. */
    public long files() {
        return files.get();
    }

    /** Begins a file, which is written from its beginning to its end. */
    public Entry create() throws IOException {
        Path file = folder.resolve("file-" + names.incrementAndGet());
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        files.incrementAndGet();
        return new Entry(file, channel);
    }

    /** Deletes all files and the folder. */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "the folder is gone already", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void reserve(long more) throws Full {
        if (bytes.addAndGet(more) > maxBytes) {
            bytes.addAndGet(-more);
            throw new Full(maxBytes);
        }
    }

    /** One file: written first, then read as often as is needed, then closed, which deletes it. */
    public final class Entry extends PatchableOutput {
        private final Path file;
        private final FileChannel channel;
        private final AtomicBoolean deleted = new AtomicBoolean();
        private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long size;

        private Entry(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) value);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                int part = Math.min(buffer.remaining(), length - done);
                buffer.put(from, offset + done, part);
                done += part;
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            int more = buffer.remaining();
            reserve(more);
            size += more;
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void patch(long position, byte[] changed) throws IOException {
            flush();
            ByteBuffer all = ByteBuffer.wrap(changed);
            long at = position;
            while (all.hasRemaining()) {
                at += channel.write(all, at);
            }
        }

        /** Ends the writing; only then it may be read. */
        public void finish() throws IOException {
            flush();
            channel.close();
            buffer = NONE;
        }

        /** Bytes that have reached the file. */
        public long size() {
            return size;
        }

        /** Where it lies. */
        public Path file() {
            return file;
        }

        /** Reads it from its beginning. What has been opened can be read to its end, also when the file is deleted meanwhile. */
        public InputStream read() throws IOException {
            return Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ));
        }

        /** Deletes it, whatever state it is in; may be called again. */
        @Override
        public void close() throws IOException {
            if (deleted.getAndSet(true)) {
                return;
            }
            channel.close();
            bytes.addAndGet(-size);
            files.decrementAndGet();
            Files.deleteIfExists(file);
        }
    }
}
