package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeWorkersTest {
    private static final int HANG_GUARD_MINUTES = 5;
    private static final String MODULE = "dev.repsr.core";

    @TempDir
    private Path folder;

    @Test
    void programOnTheModulePathStartsWorkersToo() throws Exception {
        Path modules = Files.createDirectory(folder.resolve("modules"));
        writeModule(modules.resolve("core.jar"));
        byte[] jpeg = PictureFiles.encoded(PictureFiles.soft(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg");
        Path picture = Files.write(folder.resolve("a.jpg"), jpeg);

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modules.toString(),
                        "--module",
                        MODULE + "/" + ModulePathProgram.class.getName(),
                        picture.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(said.strip()).isEqualTo(MODULE + " 60");
        assertThat(process.exitValue()).isZero();
    }

    /** The classes that are tested, and the program beside them, as the build's jar has them. */
    private static void writeModule(Path jar) throws IOException, URISyntaxException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", MODULE);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            Path classes = home(DecodeWorkers.class);
            try (Stream<Path> all = Files.walk(classes)) {
                for (Path file :
                        all.filter(each -> each.toString().endsWith(".class")).toList()) {
                    add(out, classes, file);
                }
            }
            Path tests = home(ModulePathProgram.class);
            add(out, tests, tests.resolve(ModulePathProgram.class.getName().replace('.', '/') + ".class"));
        }
    }

    private static void add(JarOutputStream out, Path root, Path file) throws IOException {
        out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
    }

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
