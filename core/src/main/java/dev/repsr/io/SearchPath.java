package dev.repsr.io;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs of others are looked for.
 *
 * @param folders in this order
 */
public record SearchPath(List<Path> folders) {
    /** Copies the list. */
    public SearchPath {
        folders = List.copyOf(folders);
    }

    /** The folders that the shell looks in. */
    public static SearchPath ofShell() {
        return of(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /**
     * The folders of a text.
     *
     * @param path folders, separated as the system does it
     */
    public static SearchPath of(String path) {
        return new SearchPath(Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    /** The first program that has one of these names, the names in their order. */
    public Optional<Path> find(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> folders.stream()
                        .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(name + ".exe"))))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }
}
