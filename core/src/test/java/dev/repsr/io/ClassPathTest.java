package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @Test
    void holdsWhatIsOnEitherPathAndNothingElse(@TempDir Path folder) throws IOException {
        Path jar = Files.createFile(folder.resolve("a.jar"));
        Path exploded = Files.createDirectory(folder.resolve("exploded"));
        Files.createFile(exploded.resolve("module-info.class"));

        assertThat(of("x.jar", "")).isEqualTo(joined("x.jar"));
        assertThat(of("", jar.toString())).isEqualTo(joined(jar));
        assertThat(of("", exploded.toString())).isEqualTo(joined(exploded));
        assertThat(of(joined("x.jar", ""), joined("", folder)))
                .isEqualTo(joined("x.jar", folder.resolve("*"), exploded));
        assertThat(of("", "")).isEmpty();
    }

    /** The tests run with one jar on the class path, which names all others inside. */
    @Test
    void ownHoldsWhereTheseClassesComeFromThoughNoPathNamesIt() throws Exception {
        Path classes = Path.of(ClassPath.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(ClassPath.own().split(File.pathSeparator, -1)).contains(classes.toString());
    }

    private static String of(String classPath, String modulePath) {
        return ClassPath.of(classPath, modulePath);
    }

    private static String joined(Object... parts) {
        return String.join(
                File.pathSeparator, Arrays.stream(parts).map(String::valueOf).toList());
    }
}
