package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows must compile against the library as it is. */
class ReadmeExampleTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern JAVADOC_BLOCK = Pattern.compile("<pre>\\{@code\\R(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<artifactId>repsr-parent</artifactId>\\s*<version>(.*?)<");

    @TempDir
    private Path classes;

    @Test
    void everyJavaExampleOfTheReadmeCompiles() throws IOException {
        List<String> examples = JAVA_BLOCK
                .matcher(Files.readString(root().resolve("README.md")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();

        assertThat(examples).anyMatch(example -> example.contains("Upscaler.load("));
        for (String example : examples) {
            assertThat(errors(example)).as(example).isEmpty();
        }
    }

    @Test
    void everyExampleOfTheFrontDoorsJavadocCompiles() throws IOException {
        List<String> examples = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(root().resolve("core/src/main/java/dev/repsr"), "*.java")) {
            for (Path file : files) {
                JAVADOC_BLOCK
                        .matcher(Files.readString(file))
                        .results()
                        .map(result -> result.group(1).replaceAll("(?m)^ *\\* ?", ""))
                        .forEach(examples::add);
            }
        }

        assertThat(examples).hasSizeGreaterThan(3);
        for (String example : examples) {
            assertThat(errors(example)).as(example).isEmpty();
        }
    }

    @Test
    void readmeAndExamplesNameTheVersionThatIsBuilt() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(root().resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        String built = version.group(1);
        String dependency = "<artifactId>repsr-core</artifactId> <version>" + built + "</version>";

        assertThat(Files.readString(root().resolve("README.md")))
                .contains("dev.repsr:repsr-core:" + built + "\"")
                .containsPattern(dependency.replace(" ", "\\s+"));
        for (String example : List.of("library", "library-module")) {
            assertThat(Files.readString(
                            root().resolve("examples").resolve(example).resolve("pom.xml")))
                    .containsPattern(dependency.replace(" ", "\\s+"));
        }
    }

    @Test
    void exampleThatDoesNotFitTheLibraryIsNoticed() throws IOException {
        assertThat(errors("Upscaler.load(\"name\").enlarge(Path.of(\"photo.jpg\"));"))
                .contains("cannot find symbol");
    }

    private String errors(String statements) throws IOException {
        String source = """
                import dev.repsr.*;
                import dev.repsr.image.*;
                import dev.repsr.io.*;
                import java.awt.image.BufferedImage;
                import java.io.*;
                import java.nio.file.*;
                import java.util.concurrent.*;
                class Example {
                    BufferedImage image;
                    byte[] bytes;
                    Executor executor;
                    Upscaler upscaler;
                    UpscaleJob job;
                    javax.swing.JProgressBar bar;
                    void run() throws Exception {
                        %s
                    }
                }
                """.formatted(statements);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        compiler.getTask(errors, null, null, options, null, List.of(new Source(source)))
                .call();
        return errors.toString();
    }

    private static Path root() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("README.md"))) {
                return folder;
            }
        }
        throw new NoSuchFileException("README.md");
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
