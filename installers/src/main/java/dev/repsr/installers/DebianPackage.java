package dev.repsr.installers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The image as a Debian package below /opt/repsr, with command, man pages, completions and desktop entry where Debian looks for them.
 *
 * @param image what is packed
 * @param version of the program
 */
record DebianPackage(Image image, String version) {
    private static final String NAME = "repsr";
    private static final String RUNTIME = "lib/runtime";

    /** jpackage's own launcher and what belongs to it. */
    private static final List<String> NOT_OURS =
            List.of("lib/app", "lib/libapplauncher.so", "lib/repsr.png", "share/doc");

    private static final Path RESOURCES = Path.of("src", "main", "debian");

    /** What is missing here to make one, as half a sentence; empty where nothing is. */
    static String obstacle() {
        for (String tool : List.of("dpkg-deb", "fakeroot")) {
            if (!Tool.isThere(tool)) {
                return "there is no command " + tool;
            }
        }
        return Tool.isInJdk("jpackage") ? "" : "this JDK has no jpackage";
    }

    /** Makes it in a folder. */
    Path make(Path folder) throws IOException, InterruptedException {
        Path work = folder.resolve("debian");
        Image.deleteAll(work);
        Files.createDirectories(work);
        Path tree = work.resolve("tree");
        Tool.run(folder, List.of("dpkg-deb", "-R", bare(work).toString(), tree.toString()));
        addWhatBelongsElsewhere(tree);
        // jpackage has copied without them.
        Image.setTimes(tree);
        Path file = folder.resolve(NAME + "_" + version + "_" + architecture() + ".deb");
        Tool.run(
                folder,
                List.of("dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "-b", tree.toString(), file.toString()));
        Image.deleteAll(work);
        return file;
    }

    /** What jpackage makes: everything below /opt/repsr, and what dpkg has to know. */
    private Path bare(Path work) throws IOException, InterruptedException {
        Path main = Files.createDirectories(work.resolve("input")).resolve("repsr-app.jar");
        try (Stream<Path> jars = Files.list(image.root().resolve("lib"))) {
            Files.copy(
                    jars.filter(jar -> jar.getFileName().toString().startsWith("repsr-app-"))
                            .findFirst()
                            .orElseThrow(),
                    main);
        }
        jpackage(
                work,
                "--type",
                "app-image",
                "--dest",
                "app",
                "--input",
                "input",
                "--main-jar",
                String.valueOf(main.getFileName()),
                "--runtime-image",
                image.root().resolve(RUNTIME).toString());
        becomeTheImage(work.resolve("app").resolve(NAME));
        jpackage(
                work,
                "--type",
                "deb",
                "--dest",
                "bare",
                "--app-image",
                "app/" + NAME,
                "--linux-app-category",
                "graphics",
                "--linux-deb-maintainer",
                "authors@repsr.dev",
                "--vendor",
                "The repsr authors",
                "--description",
                "enlarges pictures by small neural networks, and trains such networks",
                "--resource-dir",
                RESOURCES.toAbsolutePath().toString());
        try (Stream<Path> made = Files.list(work.resolve("bare"))) {
            return made.findFirst().orElseThrow();
        }
    }

    /**
     * Leaves of jpackage's folder only the marks by which it knows it. Its launcher would pass on the JVM's remarks and knows nothing of
     * verbs, so the start script takes its place.
     */
    private void becomeTheImage(Path app) throws IOException {
        Path marks = app.resolve("lib/app");
        try (Stream<Path> jars = Files.list(marks)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.delete(jar);
            }
        }
        Image.deleteAll(app.resolve(RUNTIME));
        Image.deleteAll(app.resolve("bin"));
        Image.copyAll(image.root(), app);
    }

    private void addWhatBelongsElsewhere(Path tree) throws IOException {
        for (String left : NOT_OURS) {
            Image.deleteAll(tree.resolve("opt/repsr").resolve(left));
        }
        Path usr = tree.resolve("usr");
        Files.createDirectories(usr.resolve("bin"));
        Files.createSymbolicLink(usr.resolve("bin").resolve(NAME), Path.of("/opt/repsr/bin/repsr"));
        put(image.completions("bash"), usr.resolve("share/bash-completion/completions/repsr"));
        put(image.completions("fish"), usr.resolve("share/fish/vendor_completions.d/repsr.fish"));
        put(RESOURCES.resolve("_repsr"), usr.resolve("share/zsh/vendor-completions/_repsr"));
        put(RESOURCES.resolve("repsr.desktop"), usr.resolve("share/applications/repsr.desktop"));
        put(RESOURCES.resolve("copyright"), usr.resolve("share/doc/repsr/copyright"));
        Path manual = Files.createDirectories(usr.resolve("share/man/man1"));
        try (Stream<Path> pages = Files.list(image.manPages())) {
            for (Path page : pages.sorted().toList()) {
                try (OutputStream packed =
                        new GZIPOutputStream(Files.newOutputStream(manual.resolve(page.getFileName() + ".gz")))) {
                    Files.copy(page, packed);
                }
            }
        }
    }

    private static void put(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
    }

    private void jpackage(Path work, String... options) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(Tool.ofJdk("jpackage"), "--name", NAME, "--app-version", version), Stream.of(options))
                .toList();
        Tool.run(work, command);
    }

    private static String architecture() throws IOException, InterruptedException {
        return Tool.run(Path.of("").toAbsolutePath(), List.of("dpkg", "--print-architecture"))
                .strip();
    }
}
