package dev.repsr.app.folder;

import java.util.List;

/**
 * What became of a comic archive.
 *
 * @param pages how many there are
 * @param model that ran, when no size was asked for
 * @param millis that it took
 * @param refusals one sentence for each page that was left as it was
 */
public record ComicResult(int pages, String model, long millis, List<String> refusals) {
    /** Copies the list. */
    public ComicResult {
        refusals = List.copyOf(refusals);
    }
}
