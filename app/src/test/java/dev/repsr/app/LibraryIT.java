package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repsr.TestPictures;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects of Java programmers, outside this build, with the library from a local repository that is thrown away. The jars and the POM are
 * those that {@code mvn verify} left in core.
 */
@Tag("slow")
@EnabledIf("dev.repsr.app.StartedProgram#isPossible")
class LibraryIT {
    private static final Path CORE = Path.of("../core/target").toAbsolutePath().normalize();
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    private static final String ARTIFACT = "repsr-core-0.1.0";
    private static final Pattern NO_NETWORK =
            Pattern.compile("Unknown host|Could not transfer|Connection refused|Network is unreachable");
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    @TempDir
    static Path folder;

    private static Path repository;
    private static Path jar;
    private static Path picture;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path pom = CORE.resolve("published-pom.xml");
        assumeThat(pom).as("mvn verify has made what is published of core").exists();
        assumeThat(maven()).as("Maven's command mvn is found").isNotEmpty();
        repository = folder.resolve("repository");
        jar = repository.resolve("dev/repsr/repsr-core/0.1.0").resolve(ARTIFACT + ".jar");
        picture = TestPictures.writeScene(folder, "small.png", WIDTH, HEIGHT);
        Path settings = folder.resolve("settings.xml");
        Files.writeString(settings, settings(), StandardCharsets.UTF_8);
        runMaven(
                folder,
                "org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file",
                "-Dfile=" + CORE.resolve(ARTIFACT + ".jar"),
                "-Dsources=" + CORE.resolve(ARTIFACT + "-sources.jar"),
                "-Djavadoc=" + CORE.resolve(ARTIFACT + "-javadoc.jar"),
                "-DpomFile=" + pom);
    }

    @Test
    void libraryIsInstalledWithSourcesAndJavadocAndNeedsNoOtherPom() throws IOException {
        try (Stream<Path> all = Files.walk(repository.resolve("dev"))) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .contains(
                            ARTIFACT + ".jar", ARTIFACT + "-sources.jar", ARTIFACT + "-javadoc.jar", ARTIFACT + ".pom")
                    .noneMatch(name -> name.contains("parent"));
        }
        assertThat(jar.resolveSibling(ARTIFACT + ".pom"))
                .content(StandardCharsets.UTF_8)
                .contains("<url>", "<scm ", "<developers>", "<licenses>", "<description>")
                .doesNotContain("<parent>", "SNAPSHOT", "${", "junit");
    }

    @Test
    void projectOnTheClassPathCompilesAndRuns() throws IOException, InterruptedException {
        Path classes = compile("library");
        Path large = folder.resolve("by-class-path.png");

        StartedProgram run = java(
                "-cp", classes + File.pathSeparator + jar, "com.example.Enlarge", picture.toString(), large.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("80x60\n");
        assertTwice(large);
    }

    @Test
    void projectOnTheModulePathCompilesAndRuns() throws IOException, InterruptedException {
        Path classes = compile("library-module");
        Path large = folder.resolve("by-module-path.png");

        StartedProgram run = enlargeByModule(classes, large);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("com.example.enlarge 80x60\n");
        assertThat(run.err()).contains("100 %");
        assertTwice(large);

        StartedProgram again = enlargeByModule(classes, large);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
    }

    private static StartedProgram enlargeByModule(Path classes, Path large) throws IOException, InterruptedException {
        return java(
                "-p",
                classes + File.pathSeparator + jar,
                "-m",
                "com.example.enlarge/com.example.Enlarge",
                picture.toString(),
                large.toString());
    }

    private static void assertTwice(Path large) throws IOException {
        BufferedImage image = ImageIO.read(large.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(2 * WIDTH, 2 * HEIGHT);
    }

    /** Compiles a copy of the example; returns the folder of its classes. */
    private static Path compile(String example) throws IOException, InterruptedException {
        Path project = folder.resolve(example);
        copy(EXAMPLES.resolve(example), project);
        runMaven(project, "compile");
        return project.resolve("target/classes");
    }

    private static void runMaven(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(
                List.of("-B", "-ntp", "-s", folder.resolve("settings.xml").toString()));
        all.add("-Dmaven.repo.local=" + repository);
        // The java that Maven finds may be an older one.
        all.add("-Dmaven.compiler.fork=true");
        all.add("-Dmaven.compiler.executable=" + Path.of(System.getProperty("java.home"), "bin", "javac"));
        all.addAll(List.of(arguments));
        StartedProgram run = StartedProgram.run(maven().getFirst(), project, all.toArray(String[]::new));
        // Maven's own plugins that are neither in the user's repository nor to be fetched are no fault of the library.
        assumeThat(run.exitCode() != 0 && NO_NETWORK.matcher(run.out()).find())
                .as("Maven has its plugins")
                .isFalse();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    /** Plugins come from the repository that this build used, as far as they are there, so that most are not fetched again. */
    private static String settings() {
        String used = System.getProperty(
                "maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        String url = Path.of(used).toUri().toString();
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>used</id>
                      <repositories><repository><id>used</id><url>%1$s</url></repository></repositories>
                      <pluginRepositories>
                        <pluginRepository><id>used</id><url>%1$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>used</activeProfile></activeProfiles>
                </settings>
                """.formatted(url);
    }

    private static StartedProgram java(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
        all.addAll(List.of(arguments));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return StartedProgram.run(java, folder, all.toArray(String[]::new));
    }

    private static List<Path> maven() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, "mvn"))
                .filter(Files::isExecutable)
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                if (place.endsWith("target")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(place).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
