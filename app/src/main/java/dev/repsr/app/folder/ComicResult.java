package dev.repsr.app.folder;

import java.io.IOException;
import java.util.List;

/**
 * What became of a comic archive.
 *
 * @param pages how many there are
 * @param model that ran, when no size was asked for
 * @param millis that it took
 * @param refusals why pages were left as they were, one for each
 */
public record ComicResult(int pages, String model, long millis, List<IOException> refusals) {
    /** Copies the list. */
    public ComicResult {
        refusals = List.copyOf(refusals);
    }
}
