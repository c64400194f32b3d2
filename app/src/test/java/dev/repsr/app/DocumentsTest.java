package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written for users: it can be read on a narrow screen, and what it points to is there. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final int COLUMNS = 120;
    private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("CHANGELOG.md", "SECURITY.md").map(ROOT::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linesButOfTablesAndCommandsFitTheScreen(Path document) throws IOException {
        assertThat(Files.readAllLines(document))
                .filteredOn(line -> !line.startsWith("|") && !line.startsWith("    "))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void testsAndFilesThatAreNamedAreThere(Path document) throws IOException {
        String text = Files.readString(document);
        Set<String> sources;
        try (Stream<Path> all = Files.walk(ROOT)) {
            sources = all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .collect(Collectors.toSet());
        }

        assertThat(named(CLASS, text)).allSatisfy(name -> assertThat(sources).contains(name + ".java"));
        assertThat(named(LINK, text))
                .allSatisfy(name -> assertThat(document.resolveSibling(name)).exists());
    }

    private static List<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
