package dev.repsr.app.folder;

import dev.repsr.OutputRefused;
import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleProgress;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Limit;
import dev.repsr.image.PictureProbe;
import dev.repsr.io.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A comic archive: a zip file of pages. Every page is enlarged and keeps its place and its name; what is no picture, such as {@code
 * ComicInfo.xml}, goes over unchanged, and so does a page that is refused.
 */
final class ComicBook {
    private static final String ENDING = ".cbz";
    private static final int MOST_ENTRIES = 10_000;
    /** Of all files together. */
    private static final long MOST_UNPACKED = 4L << 30;
    /** Pages are compressed pictures; bitmaps of black and white may shrink to a fiftieth. */
    private static final long MOST_RATIO = 100;
    /** So little is unpacked whatever the ratio. */
    private static final long HARMLESS = 64L << 20;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/");
    /** Where Macs keep what else belongs to a file. */
    private static final String MAC = "__MACOSX/";

    private final Upscaler upscaler;
    private final FolderTask task;
    private final Set<String> names = new HashSet<>();
    private final List<IOException> refusals = new ArrayList<>();
    private int pages;

    ComicBook(Upscaler upscaler, FolderTask task) {
        this.upscaler = upscaler;
        this.task = task;
    }

    /** A file in the archive, with its name as the archive stores it. */
    private record Page(String name, ZipEntry entry) {
        boolean isPicture() {
            String last = name.substring(name.lastIndexOf('/') + 1);
            return !name.startsWith(MAC)
                    && !last.startsWith(".")
                    && ImageType.ofName(name).isPresent();
        }
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
        boolean overwrite = upscaler.options().overwrite();
        if (!overwrite && Files.exists(task.output(), LinkOption.NOFOLLOW_LINKS)) {
            throw OutputRefused.exists(task.output());
        }
        ZipDirectory directory = directory();
        check(directory);
        try (ZipFile zip = open(directory.charset())) {
            List<Page> entries = entries(zip, directory);
            AtomicFile.Body body = out -> write(zip, entries, directory, out, progress);
            if (overwrite) {
                AtomicFile.write(task.output(), body, seal);
            } else {
                AtomicFile.writeNew(task.output(), body, seal);
            }
        } catch (FileAlreadyExistsException e) {
            OutputRefused refused = OutputRefused.exists(task.output());
            refused.initCause(e);
            throw refused;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new ComicResult(pages, upscaler.model().name(), millis, refusals);
    }

    private ZipDirectory directory() throws ImageRefused {
        try {
            return ZipDirectory.read(task.input());
        } catch (NoSuchFileException e) {
            throw new ImageRefused(ImageRefused.Reason.MISSING, "There is no file " + task.input(), e);
        } catch (FileSystemException e) {
            throw new ImageRefused(
                    ImageRefused.Reason.MISSING, task.input() + " cannot be opened: " + e.getMessage(), e);
        } catch (IOException e) {
            throw noArchive(e);
        }
    }

    private ImageRefused noArchive(IOException e) {
        return new ImageRefused(
                ImageRefused.Reason.DAMAGED,
                task.input() + " is no comic archive that can be read: " + e.getMessage(),
                e);
    }

    private ZipFile open(Charset names) throws ImageRefused {
        try {
            return new ZipFile(task.input().toFile(), names);
        } catch (IOException e) {
            throw noArchive(e);
        }
    }

    /** What may not be unpacked is refused here, by what the directory says. */
    private void check(ZipDirectory directory) throws IOException {
        List<ZipDirectory.Entry> entries = directory.entries();
        if (entries.size() > MOST_ENTRIES) {
            throw tooLarge("holds " + entries.size() + " files, and no more than " + MOST_ENTRIES + " are read");
        }
        if (directory.overlaps()) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED,
                    task.input() + " holds files that share bytes, as bombs do; it is not read");
        }
        long unpacked = 0;
        for (ZipDirectory.Entry entry : entries) {
            if (entry.unpacked() < 0 || entry.unpacked() > MOST_UNPACKED - unpacked) {
                throw tooLarge(
                        "becomes more than " + (MOST_UNPACKED >> 30) + " GiB when it is unpacked; it is not read");
            }
            unpacked += entry.unpacked();
            checkName(new String(entry.name(), directory.charset()));
        }
        if (unpacked > Math.max(HARMLESS, MOST_RATIO * Files.size(task.input()))) {
            throw tooLarge("becomes more than " + MOST_RATIO + " times as large when it is unpacked; it is not read");
        }
    }

    private ImageRefused tooLarge(String what) {
        return new ImageRefused(ImageRefused.Reason.TOO_LARGE, task.input() + " " + what);
    }

    private void checkName(String name) throws ImageRefused {
        String slashes = name.replace('\\', '/');
        boolean outside = slashes.startsWith("/")
                || name.indexOf('\0') >= 0
                || DRIVE.matcher(slashes).lookingAt()
                || List.of(slashes.split("/", -1)).contains("..");
        if (outside) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED,
                    task.input() + " holds a file named '" + name.replaceAll("\\p{Cntrl}", "?")
                            + "', which points outside; it is not read");
        }
        if (!names.add(name)) {
            throw new ImageRefused(ImageRefused.Reason.DAMAGED, task.input() + " holds two files named '" + name + "'");
        }
    }

    /** Names come from the directory, byte by byte; what the entries hold comes from Java's reader. */
    private List<Page> entries(ZipFile zip, ZipDirectory directory) throws ImageRefused {
        List<? extends ZipEntry> found = Collections.list(zip.entries());
        if (found.size() != directory.entries().size()) {
            throw noArchive(new IOException("its directory contradicts itself"));
        }
        List<Page> entries = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String name = new String(directory.entries().get(i).name(), directory.charset());
            entries.add(new Page(name, found.get(i)));
        }
        return entries;
    }

    private void write(
            ZipFile zip, List<Page> entries, ZipDirectory directory, OutputStream out, UpscaleProgress progress)
            throws IOException {
        ZipOutputStream target = new ZipOutputStream(out, directory.charset());
        target.setComment(new String(directory.comment(), directory.charset()));
        int done = 0;
        for (Page entry : entries) {
            if (entry.name().endsWith("/")) {
                put(target, entry, entry.name(), new byte[0]);
            } else {
                copyOrEnlarge(entry, bytes(zip, entry), target);
            }
            progress.rowsDone(++done, entries.size());
        }
        target.finish();
    }

    private byte[] bytes(ZipFile zip, Page page) throws IOException {
        ZipEntry entry = page.entry();
        long most = Math.min(upscaler.options().limits().maxBytes(), Integer.MAX_VALUE - 16);
        if (entry.getSize() > most) {
            throw new ImageRefused(
                    Limit.FILE_BYTES,
                    pageName(page) + " is larger than the limit of " + most
                            + " bytes; raise the limit if the archive is trusted");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
            if (bytes.length != entry.getSize()) {
                throw damaged(page, "it is not as long as the archive says", null);
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw damaged(page, String.valueOf(e.getMessage()), e);
        }
    }

    private ImageRefused damaged(Page page, String what, @Nullable IOException cause) {
        String message = pageName(page) + " is damaged: " + what;
        return cause == null
                ? new ImageRefused(ImageRefused.Reason.DAMAGED, message)
                : new ImageRefused(ImageRefused.Reason.DAMAGED, message, cause);
    }

    private String pageName(Page page) {
        return task.input() + ", " + page.name();
    }

    private void copyOrEnlarge(Page page, byte[] bytes, ZipOutputStream target) throws IOException {
        pages += page.isPicture() ? 1 : 0;
        try {
            requireChecksum(page, bytes);
            if (!page.isPicture()) {
                put(target, page, page.name(), bytes);
                return;
            }
            ImageType type = typeOf(page, bytes);
            ByteArrayOutputStream enlarged = new ByteArrayOutputStream();
            UpscaleJob job = upscaler.upscale(new ByteArrayInputStream(bytes), pageName(page));
            job.to(enlarged, type);
            put(target, page, nameOf(page, type), enlarged.toByteArray());
        } catch (ImageRefused | OutputRefused e) {
            refusals.add(e);
            put(target, page, page.name(), bytes);
        }
    }

    private void requireChecksum(Page page, byte[] bytes) throws ImageRefused {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (page.entry().getCrc() != checksum.getValue()) {
            throw damaged(page, "its checksum is wrong", null);
        }
    }

    private ImageType typeOf(Page page, byte[] bytes) throws ImageRefused {
        ImageType asked = task.type();
        if (asked != null) {
            return asked;
        }
        ImageType own = PictureProbe.of(
                        new ByteArrayInputStream(bytes),
                        pageName(page),
                        upscaler.options().limits())
                .type();
        return own.writable() ? own : ImageType.PNG;
    }

    private String nameOf(Page page, ImageType type) {
        String name = page.name();
        if (ImageType.ofName(name).orElseThrow() == type) {
            return name;
        }
        String other = name.substring(0, name.lastIndexOf('.') + 1) + type.extension();
        return names.add(other) ? other : name + "." + type.extension();
    }

    private static void put(ZipOutputStream target, Page page, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        long time = page.entry().getTime();
        if (time >= 0) {
            entry.setTime(time);
        }
        // Pictures are compressed already.
        target.setLevel(ImageType.ofName(name).isPresent() ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
        target.putNextEntry(entry);
        target.write(bytes);
        target.closeEntry();
    }
}
