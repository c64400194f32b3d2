package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Builds the program in a copy of the checkout, so it takes a minute. */
@Tag("launcher")
@EnabledIf("dev.repsr.app.StartedProgram#isPossible")
class StartScriptIT {
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".launcher", "test", "models", "runs");
    private static final String BUILDING = "building";

    @TempDir
    Path folder;

    @Test
    void buildsOnFirstUseAndAgainOnlyWhenTheSourcesHaveChanged() throws IOException, InterruptedException {
        Path checkout = copyCheckout(folder.resolve("Möwen im Hof"));
        Path script = checkout.resolve("repsr");

        StartedProgram first = StartedProgram.run(script, folder, "--version");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains(BUILDING).doesNotContain("WARNING");
        assertThat(first.out()).contains("0.1.0").doesNotContain(BUILDING);

        assertThat(Files.readString(checkout.resolve(".launcher/classpath")))
                .contains("repsr-train")
                .doesNotContain("bytedeco");

        StartedProgram second = StartedProgram.run(script, folder, "--version");
        assertThat(second).isEqualTo(new StartedProgram(0, first.out(), ""));

        preparedClassesAreUsedAndNeverInTheWay(checkout, second);

        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        assertThat(StartedProgram.run(link, checkout, "--version")).isEqualTo(second);

        Path used = onlyCache(checkout);
        Files.createFile(used.resolveSibling("run-" + ProcessHandle.current().pid()));
        Path source = checkout.resolve("app/src/main/java/dev/repsr/app/Main.java");
        Files.writeString(source, "\n// changed\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        StartedProgram third = StartedProgram.run(script, folder, "--version");
        assertThat(third.exitCode()).as(third.err()).isZero();
        assertThat(third.err()).contains("sources have changed");

        // A long run that was started two builds ago still needs its jars, and would fail at its very end.
        Files.writeString(source, "\n// again\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        assertThat(StartedProgram.run(script, folder, "--version").exitCode()).isZero();
        assertThat(used).exists();

        Files.writeString(source, "no Java", StandardCharsets.UTF_8);
        StartedProgram broken = StartedProgram.run(script, folder, "--version");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).contains("Main.java").contains("build.log");
        assertThat(checkout.resolve(".launcher/lock")).doesNotExist();
    }

    private void preparedClassesAreUsedAndNeverInTheWay(Path checkout, StartedProgram expected)
            throws IOException, InterruptedException {
        Path script = checkout.resolve("repsr");
        Path cache = onlyCache(checkout);
        assertThat(mainClassSource(script, "")).contains("shared objects file");
        // Another collector and a heap of the user's size are taken as they are told.
        assertThat(mainClassSource(script, "-XX:+UseG1GC -Xmx300m ")).contains("dev.repsr.app.Main");

        Path jar;
        try (Stream<Path> jars = Files.list(cache.getParent())) {
            jar = jars.filter(file -> file.getFileName().toString().startsWith("repsr-core"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertThat(StartedProgram.run(script, folder, "--version")).isEqualTo(expected);
        assertThat(mainClassSource(script, "")).doesNotContain("shared objects file");

        Files.writeString(cache, "no cache", StandardCharsets.UTF_8);
        assertThat(StartedProgram.run(script, folder, "--version")).isEqualTo(expected);
    }

    private static Path onlyCache(Path checkout) throws IOException {
        try (Stream<Path> files = Files.walk(checkout.resolve(".launcher"))) {
            List<Path> caches =
                    files.filter(file -> file.toString().endsWith(".aot")).toList();
            assertThat(caches).hasSize(1);
            return caches.getFirst();
        }
    }

    /** What the JVM says of where it found the program's main class. */
    private String mainClassSource(Path script, String options) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        StartedProgram run =
                StartedProgram.withJavaOptions(options + "-Xlog:class+load:file=" + log, script, folder, "--version");
        assertThat(run.exitCode()).as(run.err()).isZero();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("dev.repsr.app.Main "))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path copyCheckout(Path target) throws IOException {
        Path root = Path.of("..").toRealPath();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_SOURCES.contains(directory.getFileName().toString()) && !directory.equals(root)) {
                    // The models inside the sources are part of the program.
                    if (!directory.toString().contains("resources")) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                }
                Files.createDirectories(target.resolve(root.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target.resolve(root.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return target;
    }
}
