package dev.repsr.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build has made is unpacked elsewhere and started where no Java is to be found. */
@Tag("slow")
class InstallersIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path SAMPLE =
            Path.of("../samples/pepper-stem.png").toAbsolutePath().normalize();

    /** All that the start script needs of a system. */
    private static final List<String> COMMANDS =
            List.of("sh", "sed", "mktemp", "mkfifo", "rm", "locale", "readlink", "date");

    private static final int HANG_GUARD_MINUTES = 5;

    @TempDir
    static Path folder;

    private static Path commands;

    @BeforeAll
    static void commandsWithoutJava() throws IOException {
        commands = Files.createDirectory(folder.resolve("commands"));
        for (String name : COMMANDS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path command = Path.of(place, name);
                if (Files.isExecutable(command) && !Files.exists(commands.resolve(name))) {
                    Files.createSymbolicLink(commands.resolve(name), command);
                }
            }
        }
    }

    private record Started(int exitCode, String out, String err) {}

    private static Started run(List<String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        for (String entry : environment) {
            int equals = entry.indexOf('=');
            builder.environment().put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        Process process = builder.start();
        boolean ended = process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends in time", script).isTrue();
        return new Started(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Path made(Path place, String pattern, String what) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            List<Path> found = all.filter(
                            file -> Pattern.matches(pattern, file.getFileName().toString()))
                    .toList();
            assumeThat(found)
                    .as(what + " is there: mvn package -Pinstallers makes it where the platform can")
                    .isNotEmpty();
            return found.getFirst();
        }
    }

    private static Path zip() throws IOException {
        return made(TARGET.resolve("../../app/target").normalize(), "repsr-[0-9.]+\\.zip", "the zip");
    }

    private static Path packedImage() throws IOException {
        return made(TARGET, "repsr-.*\\.tar\\.gz", "a packed image");
    }

    private static Path debianPackage() throws IOException {
        assumeThat(DebianPackage.obstacle())
                .as("what a Debian package needs is here")
                .isEmpty();
        return made(TARGET, "repsr_.*\\.deb", "a Debian package");
    }

    /** Unpacks into a folder with another name than it was made in. */
    private static Path unpack(String name, String... command) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(name + " – ausgepackt"));
        List<String> words = new ArrayList<>(List.of(command));
        words.replaceAll(word -> word.equals("PLACE") ? place.toString() : word);
        Tool.run(folder, words);
        return place;
    }

    private static Path image() throws IOException, InterruptedException {
        Path place = unpack("image", "tar", "-xzf", packedImage().toString(), "-C", "PLACE");
        try (Stream<Path> inside = Files.list(place)) {
            return inside.findFirst().orElseThrow();
        }
    }

    private static Path installed() throws IOException, InterruptedException {
        return unpack("deb", "dpkg-deb", "-x", debianPackage().toString(), "PLACE");
    }

    /** Runs without a Java but its own, from prepared classes, and gives the very file that the zip gives. */
    private static void worksByItself(Path home) throws IOException, InterruptedException {
        Path script = home.resolve("bin/repsr");
        List<String> bare = List.of("PATH=" + commands, "HOME=" + folder);
        Started version = run(bare, script, "--version", "--json");
        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(version.err()).isEmpty();
        assertThat(version.out())
                .matches("\\{\"version\":\"[0-9.]+\",\"commit\":\"([0-9a-f]{40}(-dirty)?|unknown)\",.*}\n")
                .contains("\"jdk\":\"" + Runtime.version() + "\"", "\"scalar\"");

        String log = "JDK_JAVA_OPTIONS=-Xlog:class+load:file=classes.log";
        Path enlarged = folder.resolve("enlarged.png");
        Started run = run(
                List.of("PATH=" + commands, "HOME=" + folder, log),
                script,
                "upscale",
                "--overwrite",
                SAMPLE.toString(),
                "-o",
                enlarged.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        // Prepared classes are taken by the JVM alone that prepared them: this was the image's own.
        assertThat(folder.resolve("classes.log")).content().contains("dev.repsr.app.Main source: shared objects file");
        assertThat(enlarged).hasSameBinaryContentAs(enlargedByTheZip());
    }

    private static Path enlargedByTheZip() throws IOException, InterruptedException {
        Path expected = folder.resolve("expected.png");
        if (!Files.exists(expected)) {
            Path place = Files.createDirectory(folder.resolve("zip"));
            Image image = Image.unzip(zip(), place);
            Path script = image.script();
            // No preparation in the background, which would outlive the test.
            Files.createDirectory(image.root().resolve("lib/.preparing"));
            List<String> environment =
                    List.of("PATH=" + System.getenv("PATH"), "JAVA_HOME=" + System.getProperty("java.home"));
            Started run = run(environment, script, "upscale", SAMPLE.toString(), "-o", expected.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        return expected;
    }

    @Test
    void imageWorksWithoutAJava() throws IOException, InterruptedException {
        Path home = image();
        worksByItself(home);
        assertThat(home.resolve("share/man/man1/repsr.1")).content().contains(".TH \"REPSR\" \"1\"", "\\fBupscale\\fP");
        assertThat(home.resolve("share/completions/repsr.bash")).content().contains("complete -F _complete_repsr");
        // The same rule as for the zip: no natives of libtorch.
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.matches(".*(pytorch|openblas|javacpp).*"));
        }
    }

    @Test
    void debianPackageWorksWithoutAJava() throws IOException, InterruptedException {
        worksByItself(installed().resolve("opt/repsr"));
    }

    @Test
    void debianPackageHasWhatItsSystemLooksFor() throws IOException, InterruptedException {
        Path root = installed();
        Path usr = root.resolve("usr");
        assertThat(Files.readSymbolicLink(usr.resolve("bin/repsr"))).hasToString("/opt/repsr/bin/repsr");
        try (GZIPInputStream page =
                new GZIPInputStream(Files.newInputStream(usr.resolve("share/man/man1/repsr-upscale.1.gz")))) {
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(".TH \"REPSR\\-UPSCALE\" \"1\"", "\\-\\-ensemble");
        }
        assertThat(usr.resolve("share/bash-completion/completions/repsr"))
                .content()
                .contains("_complete_repsr");
        assertThat(usr.resolve("share/zsh/vendor-completions/_repsr")).content().startsWith("#compdef repsr\n");
        assertThat(usr.resolve("share/fish/vendor_completions.d/repsr.fish"))
                .content()
                .contains("complete");
        assertThat(usr.resolve("share/applications/repsr.desktop"))
                .content()
                .contains("Exec=/opt/repsr/bin/repsr upscale %F", "MimeType=image/png;");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("opt/repsr/bin/repsr"))))
                .isEqualTo("rwxr-xr-x");
        String control =
                Tool.run(folder, List.of("dpkg-deb", "-f", debianPackage().toString()));
        assertThat(control).contains("Package: repsr\n", "Depends: libc6\n", "Maintainer: The repsr authors <");
    }

    @Test
    void checksumsAreThoseOfTheFiles() throws IOException, InterruptedException {
        for (Path file : List.of(zip(), packedImage(), debianPackage())) {
            Path sums = file.resolveSibling(file.getFileName() + ".sha256");
            assertThat(Tool.run(
                            TARGET.resolve(String.valueOf(file.getParent())),
                            List.of("sha256sum", "-c", sums.toString())))
                    .contains(": OK");
        }
    }
}
