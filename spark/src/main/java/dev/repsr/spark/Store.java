package dev.repsr.spark;

import dev.repsr.OutputRefused;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * The folder that a job writes to. A file is written under {@code _repsr/parts} and renamed when it is whole and its checksum is in the
 * journal, so nothing partial is ever under a final name. Names that begin with an underscore are passed over by Spark and Hadoop.
 */
final class Store {
    static final String OWN = "_repsr";

    private static final int BUFFER = 1 << 16;

    private final FileSystem files;
    private final Path root;

    Store(String root, Configuration hadoop) throws IOException {
        this.root = new Path(root);
        this.files = fileSystem(this.root, hadoop);
    }

    /** The file system of a path; the local one without the files of checksums that Hadoop would put beside each file. */
    static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
        FileSystem files = path.getFileSystem(hadoop);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** What writes a file's content. */
    @FunctionalInterface
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    /**
     * A whole file without its name.
     *
     * @param sha256 its checksum
     */
    record Part(Path path, String sha256) {}

    Path own(String name) {
        return new Path(new Path(root, OWN), name);
    }

    Path parts() {
        return own("parts");
    }

    Path journal() {
        return own("journal");
    }

    Path output(String name) {
        return below(root, name);
    }

    /** A path below a folder; of a name with a colon in it Hadoop would make a path of its own. */
    static Path below(Path folder, String name) {
        String above = folder.toString();
        return new Path(above.endsWith("/") ? above + name : above + "/" + name);
    }

    FileSystem files() {
        return files;
    }

    /** Writes a file that has no name yet; it is on the disks when this returns, where the file system can say so. */
    Part write(Content content) throws IOException {
        Path path = new Path(parts(), UUID.randomUUID().toString());
        MessageDigest digest = Sha256.digest();
        if (files instanceof RawLocalFileSystem local) {
            // Hadoop would set the rights of each file by a process of its own.
            AtomicFile.write(local.pathToFile(path).toPath(), out -> content.to(new DigestOutputStream(out, digest)));
        } else {
            write(path, out -> content.to(new DigestOutputStream(out, digest)));
        }
        return new Part(path, Sha256.hex(digest));
    }

    private void write(Path path, Content content) throws IOException {
        boolean whole = false;
        try (FSDataOutputStream file = files.create(path, true)) {
            OutputStream out = new BufferedOutputStream(file, BUFFER);
            content.to(out);
            out.flush();
            if (file.hasCapability(StreamCapabilities.HSYNC)) {
                file.hsync();
            }
            whole = true;
        } finally {
            if (!whole) {
                files.delete(path, false);
            }
        }
    }

    /**
     * Gives a part its name.
     *
     * @throws OutputRefused if something else has the name and is not to be replaced; the part is gone then
     * @throws IOException if it cannot be renamed
     */
    void publish(Part part, String name, boolean overwrite) throws IOException {
        Path output = output(name);
        files.mkdirs(output.getParent());
        if (files.exists(output)) {
            boolean same = holds(name, part.sha256());
            if (same || !overwrite) {
                files.delete(part.path(), false);
            }
            if (same) {
                return;
            }
            refuse(name, overwrite);
            files.delete(output, false);
        }
        if (!files.rename(part.path(), output)) {
            throw new IOException(output + " cannot be written: the file system does not rename to it");
        }
    }

    /** Refuses an output that is there already. */
    void refuse(String name, boolean overwrite) throws OutputRefused {
        if (!overwrite) {
            throw new OutputRefused(
                    OutputRefused.Reason.EXISTS,
                    output(name) + " exists already, and no job of these settings has made it of this picture");
        }
    }

    boolean exists(String name) throws IOException {
        return files.exists(output(name));
    }

    /** Whether an output is there and whole. */
    boolean holds(String name, String sha256) throws IOException {
        Path output = output(name);
        if (!files.exists(output)) {
            return false;
        }
        try (InputStream in = files.open(output)) {
            return Sha256.hex(in).equals(sha256);
        }
    }

    /** Writes lines to a new file of the journal. */
    void enter(String name, List<String> lines) throws IOException {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Part part = write(out -> out.write(text));
        Path entry = new Path(journal(), name);
        files.mkdirs(journal());
        if (!files.rename(part.path(), entry)) {
            throw new IOException(entry + " cannot be written: the file system does not rename to it");
        }
    }
}
