package dev.repsr.app.folder;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.io.FolderLock;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
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
            return Optional.of(new OutputFolder(lock.get(), folders, Journal.open(root, settings(upscaler), resume)));
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    /** Checksum of everything but the input that decides what an output holds. */
    static String settings(Upscaler upscaler) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (Model model : upscaler.models()) {
            ModelFile.write(model, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        UpscaleOptions options = upscaler.options();
        String text = String.join(
                "\n",
                upscaler.model().name(),
                options.engine(),
                options.target().toString(),
                Integer.toString(options.jpegQuality()),
                Boolean.toString(options.strip()),
                Boolean.toString(options.strict()));
        // Only where they are on: what an earlier version entered without knowing of them is confirmed still.
        text += options.ensemble() ? "\nensemble" : "";
        text += upscaler.mayRunTwo() ? "\ntwo networks in turn" : "";
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
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
