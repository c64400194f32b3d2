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
import java.util.Set;
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

        StartedProgram second = StartedProgram.run(script, folder, "--version");
        assertThat(second).isEqualTo(new StartedProgram(0, first.out(), ""));

        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        assertThat(StartedProgram.run(link, checkout, "--version")).isEqualTo(second);

        Path source = checkout.resolve("app/src/main/java/dev/repsr/app/Main.java");
        Files.writeString(source, "\n// changed\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        StartedProgram third = StartedProgram.run(script, folder, "--version");
        assertThat(third.exitCode()).as(third.err()).isZero();
        assertThat(third.err()).contains("sources have changed");

        Files.writeString(source, "no Java", StandardCharsets.UTF_8);
        StartedProgram broken = StartedProgram.run(script, folder, "--version");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).contains("Main.java").contains("build.log");
        assertThat(checkout.resolve(".launcher/lock")).doesNotExist();
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
