package dev.repsr.app.folder;

import dev.repsr.OutputRefused;
import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleProgress;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.PictureProbe;
import dev.repsr.io.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A comic archive: a zip file of pages. Every page is enlarged and keeps its place and its name; what is no picture, such as {@code
 * ComicInfo.xml}, goes over unchanged, and so does a page that is refused.
 */
final class ComicBook {
    private static final String ENDING = ".cbz";
    private static final int MOST_ENTRIES = 10_000;

    private final Upscaler upscaler;
    private final FolderTask task;
    private final Set<String> names = new HashSet<>();
    private final List<String> refusals = new ArrayList<>();
    private int pages;

    ComicBook(Upscaler upscaler, FolderTask task) {
        this.upscaler = upscaler;
        this.task = task;
    }

    /** Whether a file is taken for a comic archive. */
    static boolean isComic(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /**
     * Writes the archive of enlarged pages, whole or not at all.
     *
     * @param seal is told its checksum before it gets its name
     * @param progress is told how many of all entries are done
     * @throws ImageRefused if it is no archive, or one that holds what it may not
     * @throws dev.repsr.check.OutputDisagrees if a page does not agree with its input
     */
    ComicResult enlarge(AtomicFile.Seal seal, UpscaleProgress progress) throws IOException {
        long start = System.nanoTime();
        if (!upscaler.options().overwrite() && Files.exists(task.output(), LinkOption.NOFOLLOW_LINKS)) {
            throw new OutputRefused(
                    OutputRefused.Reason.EXISTS,
                    task.output() + " exists already; name another output or allow overwriting");
        }
        try (ZipFile zip = open()) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            check(entries);
            AtomicFile.write(task.output(), out -> write(zip, entries, out, progress), seal);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new ComicResult(pages, upscaler.model().name(), millis, refusals);
    }

    private ZipFile open() throws ImageRefused {
        try {
            return new ZipFile(task.input().toFile());
        } catch (ZipException e) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED,
                    task.input() + " is no comic archive that can be read: " + e.getMessage(),
                    e);
        } catch (NoSuchFileException e) {
            throw new ImageRefused(ImageRefused.Reason.MISSING, "There is no file " + task.input(), e);
        } catch (IOException e) {
            throw new ImageRefused(
                    ImageRefused.Reason.MISSING, task.input() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void check(List<? extends ZipEntry> entries) throws ImageRefused {
        if (entries.size() > MOST_ENTRIES) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    task.input() + " holds " + entries.size() + " files, and no more than " + MOST_ENTRIES
                            + " are read");
        }
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            List<String> parts = List.of(name.replace('\\', '/').split("/", -1));
            if (name.startsWith("/") || name.indexOf('\0') >= 0 || name.indexOf(':') == 1 || parts.contains("..")) {
                throw new ImageRefused(
                        ImageRefused.Reason.DAMAGED,
                        task.input() + " holds a file named '" + name.replaceAll("\\p{Cntrl}", "?")
                                + "', which points outside; it is not read");
            }
            if (!names.add(name)) {
                throw new ImageRefused(
                        ImageRefused.Reason.DAMAGED, task.input() + " holds two files named '" + name + "'");
            }
        }
    }

    private void write(ZipFile zip, List<? extends ZipEntry> entries, OutputStream out, UpscaleProgress progress)
            throws IOException {
        ZipOutputStream target = new ZipOutputStream(out);
        int done = 0;
        for (ZipEntry entry : entries) {
            if (entry.isDirectory()) {
                put(target, entry, entry.getName(), new byte[0]);
            } else {
                copyOrEnlarge(entry, bytes(zip, entry), target);
            }
            progress.rowsDone(++done, entries.size());
        }
        target.finish();
    }

    private byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        long most = Math.min(upscaler.options().limits().maxBytes(), Integer.MAX_VALUE - 16);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw new ImageRefused(
                        ImageRefused.Reason.TOO_LARGE,
                        pageName(entry) + " is larger than the limit of " + most + " bytes");
            }
            return bytes;
        } catch (ZipException e) {
            throw new ImageRefused(ImageRefused.Reason.DAMAGED, pageName(entry) + " is damaged: " + e.getMessage(), e);
        }
    }

    private String pageName(ZipEntry entry) {
        return task.input() + ", " + entry.getName();
    }

    private void copyOrEnlarge(ZipEntry entry, byte[] bytes, ZipOutputStream target) throws IOException {
        boolean isPage = ImageType.ofName(entry.getName()).isPresent();
        if (!isPage) {
            put(target, entry, entry.getName(), bytes);
            return;
        }
        pages++;
        try {
            ImageType type = typeOf(entry, bytes);
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            UpscaleJob job = upscaler.upscale(new ByteArrayInputStream(bytes), pageName(entry));
            job.to(page, type);
            put(target, entry, nameOf(entry, type), page.toByteArray());
        } catch (ImageRefused | OutputRefused e) {
            refusals.add(e.getMessage() + "; it was left as it was");
            put(target, entry, entry.getName(), bytes);
        }
    }

    private ImageType typeOf(ZipEntry entry, byte[] bytes) throws ImageRefused {
        ImageType asked = task.type();
        if (asked != null) {
            return asked;
        }
        ImageType own = PictureProbe.of(
                        new ByteArrayInputStream(bytes),
                        pageName(entry),
                        upscaler.options().limits())
                .type();
        return own.writable() ? own : ImageType.PNG;
    }

    private String nameOf(ZipEntry entry, ImageType type) {
        String name = entry.getName();
        if (ImageType.ofName(name).orElseThrow() == type) {
            return name;
        }
        String other = name.substring(0, name.lastIndexOf('.') + 1) + type.extension();
        return names.add(other) ? other : name + "." + type.extension();
    }

    private static void put(ZipOutputStream target, ZipEntry old, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (old.getTime() >= 0) {
            entry.setTime(old.getTime());
        }
        // Pictures are compressed already.
        target.setLevel(ImageType.ofName(name).isPresent() ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
        target.putNextEntry(entry);
        target.write(bytes);
        target.closeEntry();
    }
}
