package dev.repsr.app.folder;

import dev.repsr.image.ImageType;
import dev.repsr.image.PictureProbe;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pictures and comic archives in a folder, in the order of their names. A file is one by its name's ending or by its first
 * bytes; hidden files and folders are none. Links to folders are not followed.
 *
 * @param files what was found
 * @param passedOver how many other files there were
 * @param subfolders how many folders were not entered
 */
public record FolderInputs(List<Found> files, int passedOver, int subfolders) {
    /**
     * A file to be enlarged.
     *
     * @param name below the folder, with slashes
     */
    public record Found(Path file, String name, long bytes) {}

    /** Copies the list. */
    public FolderInputs {
        files = List.copyOf(files);
    }

    /**
     * Looks through a folder.
     *
     * @param recursive whether folders in it are entered
     * @param outputs is not entered
     * @throws IOException if the folder cannot be read
     */
    public static FolderInputs of(Path folder, boolean recursive, Path outputs) throws IOException {
        Visitor visitor =
                new Visitor(folder, recursive, outputs.toAbsolutePath().normalize());
        Files.walkFileTree(folder.toRealPath(), visitor);
        visitor.found.sort(Comparator.comparing(Found::name));
        return new FolderInputs(visitor.found, visitor.passedOver, visitor.subfolders);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path root;
        private final boolean recursive;
        private final Path outputs;
        final List<Found> found = new ArrayList<>();
        int passedOver;
        int subfolders;

        Visitor(Path folder, boolean recursive, Path outputs) throws IOException {
            this.folder = folder;
            this.root = folder.toRealPath();
            this.recursive = recursive;
            this.outputs = Files.exists(outputs) ? outputs.toRealPath() : outputs;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
            if (entered.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (isHidden(entered) || entered.equals(outputs)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!recursive) {
                subfolders++;
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (isHidden(file) || !Files.isRegularFile(file)) {
                return FileVisitResult.CONTINUE;
            }
            String fileName = file.getFileName().toString();
            if (ImageType.ofName(fileName).isPresent()
                    || ComicBook.isComic(file)
                    || PictureProbe.beginsLikePicture(file)) {
                Path relative = root.relativize(file);
                String name =
                        relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
                found.add(new Found(folder.resolve(relative), name, Files.size(file)));
            } else {
                passedOver++;
            }
            return FileVisitResult.CONTINUE;
        }

        /** A folder that may not be entered must not stop the rest. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            subfolders++;
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }
    }
}
