package dev.repsr.app.folder;

import dev.repsr.UpscaleResult;

/** Is told what becomes of each input, by one thread at a time and in the order in which they end. */
public interface FolderListener {
    /** An input is being worked on, and this share of it is done. */
    void working(FolderTask task, double share);

    /** A picture's output is whole. */
    void enlarged(FolderTask task, UpscaleResult result);

    /** A comic archive is whole. */
    void comic(FolderTask task, ComicResult result);

    /** The output was there already, made by an earlier run from the same input with the same settings. */
    void resumed(FolderTask task);

    /** There is no output, and the sentence of {@code failure} says why; the others go on. */
    void failed(FolderTask task, Exception failure);
}
