package dev.repsr.io;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name never shows half a file: the bytes go to a part beside the target, are forced to the
 * disk, and the part is renamed over the target in one step. Whatever fails, the part is deleted and an older file under
 * the target's name is untouched.
 */
public final class AtomicFile {

    /** What goes into the file. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes all bytes.
         *
         * @param out a buffered {@link PatchableOutput}; need not be closed
         * @throws IOException any failure; it reaches the caller of {@link AtomicFile#write} as it is
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes {@code target}, replacing an ordinary file of that name. A symbolic link is replaced, never followed.
     *
     * @throws IOException what the body throws, or one sentence that names the target and what the file system says
     */
    public static void write(Path target, Body body) throws IOException {
        Path file = target.toAbsolutePath();
        Path folder = folderOf(file);
        // The name is short and free of the target's own, which may already be as long as the file system allows.
        Path part = folder.resolve(".repsr-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".part");
        boolean renamed = false;
        try {
            writePart(part, file, body);
            rename(part, file);
            renamed = true;
        } finally {
            if (!renamed) {
                Files.deleteIfExists(part);
            }
        }
        forceFolder(folder);
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            throw new IOException("Cannot write " + file + ": it is not an ordinary file; choose another name");
        }
        if (!Files.exists(folder)) {
            throw new IOException("Cannot write " + file + ": there is no folder " + folder + "; create it first");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("Cannot write " + file + ": " + folder + " is not a folder; choose another one");
        }
        return folder;
    }

    private static void writePart(Path part, Path file, Body body) throws IOException {
        try (FileChannel channel = open(part, file)) {
            PartStream out = new PartStream(channel, file);
            body.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static FileChannel open(Path part, Path file) throws IOException {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot write " + file + ": the folder " + file.getParent()
                            + " takes no new files; choose another one or change its permissions",
                    e);
        }
    }

    private static void rename(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException("Cannot put the finished file under the name " + file + ": " + e.getMessage(), e);
        }
    }

    /** Makes the rename itself survive a power cut. Windows has no such operation and needs none. */
    private static void forceFolder(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Buffers, and turns a failure of the disk into a sentence; failures of the body are left alone. */
    private static final class PartStream extends PatchableOutput {
        private final FileChannel channel;
        private final Path file;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

        PartStream(FileChannel channel, Path file) {
            this.channel = channel;
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > buffer.remaining()) {
                flush();
            }
            if (length > buffer.remaining()) {
                toDisk(ByteBuffer.wrap(bytes, offset, length), channel.position());
                channel.position(channel.position() + length);
            } else {
                buffer.put(bytes, offset, length);
            }
        }

        @Override
        public void patch(long position, byte[] bytes) throws IOException {
            flush();
            toDisk(ByteBuffer.wrap(bytes), position);
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            int length = buffer.remaining();
            toDisk(buffer, channel.position());
            channel.position(channel.position() + length);
            buffer.clear();
        }

        private void toDisk(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            try {
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                long free = Files.getFileStore(file.getParent()).getUsableSpace();
                throw new IOException(
                        "Cannot write " + file + ": " + e.getMessage() + " (" + free + " bytes are free there)", e);
            }
        }
    }
}
