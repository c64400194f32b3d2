package dev.repsr.io;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file so that its name never shows half a file: the bytes go to a part beside the target, are forced to the
 * disk, and the part is renamed over the target in one step. Whatever fails, the part is deleted and an older file under
 * the target's name is untouched. A file that is replaced gives its permissions to the new one.
 */
public final class AtomicFile {
    private static final System.Logger LOG = System.getLogger(AtomicFile.class.getName());
    private static final String PREFIX = ".repsr-";
    private static final String ENDING = ".part";
    private static final Pattern PART = Pattern.compile("\\.repsr-(\\d{1,18})-.*\\.part");
    /** Folders that this process has swept; forgotten when there are many. */
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    private static final int MOST_REMEMBERED = 1_000;

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

    /** Is told of a file that is whole and on the disk, before it gets its name. */
    @FunctionalInterface
    public interface Seal {
        /**
         * Lets the file get its name, or throws.
         *
         * @param sha256 of all bytes, as {@link Sha256} writes it
         * @throws IOException the file is dropped; this reaches the caller of {@link AtomicFile#write}
         */
        void whole(String sha256) throws IOException;
    }

    /** Looks at the finished parts before they get their names. */
    @FunctionalInterface
    public interface Check {
        /**
         * Reads the parts.
         *
         * @param parts in the order of the targets
         * @throws IOException if they are not what they should be; it reaches the caller as it is, and nothing is renamed
         */
        void check(List<Path> parts) throws IOException;
    }

    private interface Finish {
        void whole(List<Path> parts, List<String> sha256) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes {@code target}, replacing an ordinary file of that name. A symbolic link is replaced, never followed.
     *
     * @throws IOException what the body throws, or one sentence that names the target and what the file system says
     */
    public static void write(Path target, Body body) throws IOException {
        write(target, body, sha256 -> {});
    }

    /** As {@link #write(Path, Body)}; before the file gets its name, {@code seal} is told its checksum. */
    public static void write(Path target, Body body, Seal seal) throws IOException {
        writeAll(only(target, body), (parts, sha256) -> seal.whole(sha256.getFirst()), true);
    }

    /**
     * As {@link #write(Path, Body, Seal)}, but replaces nothing.
     *
     * @throws FileAlreadyExistsException if at the end there is something of that name, whoever has put it there meanwhile
     */
    public static void writeNew(Path target, Body body, Seal seal) throws IOException {
        writeAll(only(target, body), (parts, sha256) -> seal.whole(sha256.getFirst()), false);
    }

    /**
     * Gives a whole file that another program has made its name, once it is on the disk.
     *
     * @param made a file of ours on the same file system; it is gone afterwards
     * @param replace whether an ordinary file of that name is replaced
     * @throws FileAlreadyExistsException if it is not to be replaced and there is something of that name
     * @throws IOException one sentence that names the target and what the file system says
     */
    public static void adopt(Path made, Path target, boolean replace) throws IOException {
        Path file = target.toAbsolutePath();
        requirePossible(file);
        Path folder = folderOf(file);
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
        if (replace) {
            rename(made, file);
        } else {
            link(made, file);
            Files.deleteIfExists(made);
        }
        forceFolder(folder);
    }

    private static SequencedMap<Path, Body> only(Path target, Body body) {
        SequencedMap<Path, Body> one = new LinkedHashMap<>();
        one.put(target, body);
        return one;
    }

    /**
     * Writes several files as {@link #write} does and has them checked before the first one gets its name. They get their
     * names one after the other in the order of the map.
     *
     * @throws IOException what a body or the check throws, or one sentence that names the target and what the file system says
     */
    public static void writeChecked(SequencedMap<Path, Body> bodies, Check check) throws IOException {
        writeAll(bodies, (parts, sha256) -> check.check(parts), true);
    }

    private static void writeAll(SequencedMap<Path, Body> bodies, Finish finish, boolean replace) throws IOException {
        Map<Path, Path> parts = new LinkedHashMap<>();
        List<String> sums = new ArrayList<>();
        try {
            for (Map.Entry<Path, Body> body : bodies.entrySet()) {
                Path file = body.getKey().toAbsolutePath();
                requirePossible(file);
                // The name is short and free of the target's own, which may already be as long as the file system
                // allows.
                String name = PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ENDING;
                Path part = folderOf(file).resolve(name);
                sweepOnce(folderOf(file));
                parts.put(part, file);
                sums.add(writePart(part, file, body.getValue()));
            }
            finish.whole(List.copyOf(parts.keySet()), sums);
            for (Map.Entry<Path, Path> part : parts.entrySet()) {
                if (replace) {
                    rename(part.getKey(), part.getValue());
                } else {
                    link(part.getKey(), part.getValue());
                }
            }
        } finally {
            for (Path part : parts.keySet()) {
                Files.deleteIfExists(part);
            }
        }
        for (Path file : parts.values()) {
            forceFolder(folderOf(file));
        }
    }

    /**
     * Deletes the parts that ended processes have left in a folder.
     *
     * @return how many there were
     */
    public static int sweep(Path folder) throws IOException {
        int swept = 0;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PREFIX + "*" + ENDING)) {
            for (Path part : parts) {
                Matcher name = PART.matcher(part.getFileName().toString());
                if (name.matches()
                        && !isAlive(Long.parseLong(name.group(1)))
                        && !isHeld(part)
                        && Files.deleteIfExists(part)) {
                    swept++;
                }
            }
        }
        return swept;
    }

    /** What cannot be swept, in a folder that may not be listed say, is no reason not to write. */
    private static void sweepOnce(Path folder) {
        if (SWEPT.size() >= MOST_REMEMBERED) {
            SWEPT.clear();
        }
        if (SWEPT.add(folder)) {
            try {
                sweep(folder);
            } catch (IOException | DirectoryIteratorException e) {
                LOG.log(System.Logger.Level.DEBUG, "parts are not swept in " + folder, e);
            }
        }
    }

    /** Whether somebody writes it whose process is not seen from here, in another container say. */
    private static boolean isHeld(Path part) {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() == null;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a part cannot be locked", e);
            return false;
        }
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).isPresent();
    }

    private static void requirePossible(Path file) throws IOException {
        if (FileName.isImpossible(file)) {
            throw new IOException("Cannot write " + file + ": its name is longer than is possible there; shorten it");
        }
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

    /** Gives the checksum of what was written. */
    private static String writePart(Path part, Path file, Body body) throws IOException {
        Set<PosixFilePermission> permissions = permissions(file);
        try (FileChannel channel = open(part, file, permissions)) {
            hold(channel);
            if (!permissions.isEmpty()) {
                Files.setPosixFilePermissions(part, permissions);
            }
            PartStream out = new PartStream(channel, file);
            body.writeTo(out);
            out.flush();
            channel.force(true);
            return out.patched ? Sha256.hex(part) : Sha256.hex(out.digest);
        }
    }

    /** Those of the file that will be replaced; none if there is none, or where files have no such permissions. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? view.readAttributes().permissions()
                : Set.of();
    }

    /** Shows others that the part is being written. Some file systems know no locks; then its process must be enough. */
    private static void hold(FileChannel part) {
        try {
            FileLock held = part.tryLock();
            LOG.log(System.Logger.Level.TRACE, "holds a part: {0}", held);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a part cannot be locked", e);
        }
    }

    private static FileChannel open(Path part, Path file, Set<PosixFilePermission> permissions) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return permissions.isEmpty()
                    ? FileChannel.open(part, options)
                    : FileChannel.open(part, options, PosixFilePermissions.asFileAttribute(permissions));
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

    /** Of all that try to give a file this name, one succeeds. The part's own name goes when it is deleted. */
    private static void link(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "no hard links there", e);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            rename(part, file);
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
        private final MessageDigest digest = Sha256.digest();
        private boolean patched;
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
                append(ByteBuffer.wrap(bytes, offset, length));
            } else {
                buffer.put(bytes, offset, length);
            }
        }

        @Override
        public void patch(long position, byte[] bytes) throws IOException {
            flush();
            patched = true;
            toDisk(ByteBuffer.wrap(bytes), position);
        }

        @Override
        public void flush() throws IOException {
            append(buffer.flip());
            buffer.clear();
        }

        private void append(ByteBuffer bytes) throws IOException {
            digest.update(bytes.duplicate());
            long end = channel.position() + bytes.remaining();
            toDisk(bytes, channel.position());
            channel.position(end);
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
