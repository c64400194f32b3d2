package dev.repsr.installers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip's content with a JVM of its own, man pages and completions.
 *
 * @param root the folder whose bin/repsr starts the program
 */
record Image(Path root) {
    private static final String VECTOR = "jdk.incubator.vector";

    /** Always in, whatever jdeps says; the last is what the natives of plug-ins are loaded by. */
    private static final List<String> MODULES = List.of("java.base", "java.desktop", VECTOR, "jdk.unsupported");

    /** Where the archives for old Java versions, which jdeps would complain of, do not matter. */
    private static final String RELEASE = "25";

    /** The JVM takes a jar for changed, and the prepared classes for stale, when its time is another: all files get this one. */
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    /**
     * Makes it.
     *
     * @param manPages the folder with the man pages
     */
    static Image make(Path zip, Path manPages, Path folder) throws IOException, InterruptedException {
        deleteAll(folder);
        Image image = unzip(zip, Files.createDirectories(folder));
        image.link();
        copyAll(manPages, image.manPages());
        image.writeCompletions();
        setTimes(image.root);
        image.prepareQuickStart();
        return image;
    }

    Path script() {
        return root.resolve("bin").resolve("repsr");
    }

    Path manPages() {
        return root.resolve("share/man/man1");
    }

    Path completions(String shell) {
        return root.resolve("share/completions").resolve("repsr." + shell);
    }

    private Path library() {
        return root.resolve("lib");
    }

    private Path runtime() {
        return library().resolve("runtime");
    }

    private void link() throws IOException, InterruptedException {
        List<String> options = List.of(
                "--output",
                runtime().toString(),
                "--add-modules",
                String.join(",", modules()),
                "--add-options=--add-modules=" + VECTOR + " --enable-native-access=ALL-UNNAMED",
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages");
        Tool.run(root, concat(List.of(Tool.ofJdk("jlink")), options));
    }

    private SortedSet<String> modules() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Tool.ofJdk("jdeps"), "--print-module-deps", "--ignore-missing-deps", "--multi-release", RELEASE));
        try (Stream<Path> jars = Files.list(library())) {
            jars.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .forEach(command::add);
        }
        SortedSet<String> modules = new TreeSet<>(MODULES);
        modules.addAll(List.of(Tool.run(root, command).strip().split(",")));
        return modules;
    }

    private void writeCompletions() throws IOException, InterruptedException {
        for (String shell : List.of("bash", "zsh", "fish")) {
            Path file = completions(shell);
            Files.createDirectories(file.getParent());
            Files.writeString(file, Tool.run(root, List.of(script().toString(), "completion", shell)));
        }
    }

    private void prepareQuickStart() throws IOException, InterruptedException {
        Tool.run(root, List.of(script().toString(), "--quick-start"));
        if (!Files.exists(library().resolve("repsr.aot"))) {
            throw new FileSystemException(library().toString(), null, "no prepared classes were left there");
        }
    }

    /** Packs it beside itself, under its own name. */
    Path pack(Path file) throws IOException, InterruptedException {
        Tool.run(
                Path.of("").toAbsolutePath(),
                List.of(
                        "tar",
                        "-C",
                        String.valueOf(root.getParent()),
                        "-czf",
                        file.toString(),
                        String.valueOf(root.getFileName())));
        return file;
    }

    /** What the zip has, without a JVM. */
    static Image unzip(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new FileSystemException(entry.getName(), null, "lies outside the zip's folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream bytes = file.getInputStream(entry)) {
                        Files.copy(bytes, target);
                    }
                    if (entry.getName().endsWith("bin/repsr")) {
                        // ZipFile does not know the zip's own modes.
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return new Image(inside.findFirst().orElseThrow());
        }
    }

    static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** For all files in a folder. */
    static void setTimes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setLastModifiedTime(file, TIME);
            }
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
