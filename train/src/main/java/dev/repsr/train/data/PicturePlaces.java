package dev.repsr.train.data;

import dev.repsr.image.ImageType;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds the picture files of folders and archives: those with an ending of {@link ImageType}, not hidden, in the order of their
 * places. The files of a zip archive can be read until this is closed.
 */
final class PicturePlaces implements AutoCloseable {
    private final List<ZipFile> open = new ArrayList<>();

    /**
     * All pictures below a folder or in a zip or tar archive.
     *
     * @throws ConfigRefused if there is no such place, it cannot be listed, or it holds no picture
     */
    List<PictureFile> list(Path place) throws ConfigRefused {
        String name = place.toString().toLowerCase(Locale.ROOT);
        List<PictureFile> pictures;
        if (Files.isRegularFile(place) && name.endsWith(".zip")) {
            pictures = zip(place);
        } else if (Files.isRegularFile(place) && name.endsWith(".tar")) {
            pictures = tar(place);
        } else if (Files.isRegularFile(place) && (name.endsWith(".tgz") || name.contains(".tar."))) {
            throw new ConfigRefused(
                    Kind.DATA,
                    place + ": a compressed tar archive has to be read from front to back; unpack it, or make it a zip"
                            + " archive or a plain .tar");
        } else {
            pictures = folder(place);
        }
        if (pictures.isEmpty()) {
            throw new ConfigRefused(Kind.DATA, place + ": no pictures in this " + kind(place));
        }
        return pictures;
    }

    private static String kind(Path place) {
        return Files.isDirectory(place) ? "folder" : "archive";
    }

    private static List<PictureFile> folder(Path folder) throws ConfigRefused {
        if (!Files.isDirectory(folder)) {
            throw new ConfigRefused(Kind.DATA, folder + ": there is no such folder of training pictures");
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && isPicture(file.getFileName().toString()))
                    .sorted()
                    .<PictureFile>map(file -> new PictureFile.InFolder(
                            file, folder.relativize(file).toString().replace('\\', '/')))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            String what = cause instanceof FileSystemLoopException ? "links to itself" : "cannot be listed";
            String where = cause instanceof FileSystemException inside ? " at " + inside.getFile() : "";
            throw new ConfigRefused(Kind.DATA, folder + ": this folder of training pictures " + what + where, e);
        }
    }

    private List<PictureFile> zip(Path archive) throws ConfigRefused {
        try {
            ZipFile zip = opened(archive);
            open.add(zip);
            return zip.stream()
                    .filter(entry -> !entry.isDirectory() && isPicture(lastPart(entry.getName())))
                    .<PictureFile>map(entry -> new PictureFile.InZip(archive, zip, entry))
                    .sorted(Comparator.comparing(PictureFile::place))
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigRefused(
                    Kind.DATA, archive + ": this zip archive cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** Old programs store names in the encoding of their system, and only say so by what is no UTF-8. */
    private static ZipFile opened(Path archive) throws IOException {
        try {
            return new ZipFile(archive.toFile());
        } catch (ZipException e) {
            try {
                return new ZipFile(archive.toFile(), StandardCharsets.ISO_8859_1);
            } catch (IOException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private static List<PictureFile> tar(Path archive) throws ConfigRefused {
        try {
            return TarEntries.of(archive).stream()
                    .filter(entry -> isPicture(lastPart(entry.place())))
                    .<PictureFile>map(entry -> entry)
                    .sorted(Comparator.comparing(PictureFile::place))
                    .toList();
        } catch (IOException e) {
            throw new ConfigRefused(Kind.DATA, archive + ": this file " + e.getMessage(), e);
        }
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Hidden files are no pictures: some systems put one with the same ending beside each. */
    private static boolean isPicture(String name) {
        return !name.startsWith(".") && ImageType.ofName(name).isPresent();
    }

    @Override
    public void close() throws IOException {
        for (ZipFile zip : open) {
            zip.close();
        }
    }
}
