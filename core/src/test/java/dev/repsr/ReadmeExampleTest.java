package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
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

    @TempDir
    private Path classes;

    @Test
    void everyJavaExampleOfTheReadmeCompiles() throws IOException {
        List<String> examples = JAVA_BLOCK
                .matcher(Files.readString(readme()))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();

        assertThat(examples).anyMatch(example -> example.contains("Upscaler.load("));
        for (String example : examples) {
            assertThat(errors(example)).as(example).isEmpty();
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

    private static Path readme() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path readme = folder.resolve("README.md");
            if (Files.exists(readme)) {
                return readme;
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
