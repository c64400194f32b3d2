package dev.repsr.app.folder;

import dev.repsr.UpscaleJob;
import dev.repsr.UpscalePlan;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One input of a run and what becomes of it.
 *
 * @param input a picture or a comic archive
 * @param name of the input below the folder that was named, with slashes
 * @param output where it goes
 * @param type format to write; null in a comic archive: that of each page
 * @param bytes size of the input
 */
public record FolderTask(
        Path input, String name, Path output, @Nullable ImageType type, long bytes) {
    /** Whether it is an archive of pages. */
    public boolean isComic() {
        return ComicBook.isComic(input);
    }

    /** What enlarging this picture takes; not for archives. */
    public UpscalePlan plan(Upscaler upscaler) throws IOException {
        UpscaleJob job = upscaler.upscale(input);
        return type == null ? job.plan(output) : job.plan(type);
    }
}
