package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd and broken pictures in a folder run and as files that are named, with a built-in network, in a JVM of 512 MiB: each gives what
 * it may, the same both ways, all others go on, and nothing else is left.
 */
@Tag("data")
class OddImagesRunTest {
    private static final int HANG_GUARD_MINUTES = 9;
    private static final String DECODE = "decode";
    private static final String EITHER = "decode-or-refuse";
    private static final Set<String> REASONS =
            Set.of("not_a_picture", "unsupported", "damaged", "too_large", "missing");
    private static final Set<String> OWN = Set.of(".repsr-journal", ".lock");

    /** Those of the cases that are refused, and the word for it; other programs have to be there for some. */
    private static final Map<String, String> REFUSED_CASES = Map.of(
            "DSC_0001.NEF", "unsupported",
            "DSC_0001.DNG", "unsupported",
            "arithmetic.jpg", "unsupported",
            "overlap-2000.cbz", "damaged");

    private static final List<String> CONVERTED = List.of(".avif", ".heic", ".jxl");
    private static final List<String> NO_INPUTS = List.of(".md", ".py", ".sh", ".pth");

    @TempDir
    private Path folder;

    @Test
    void everyOddPictureGivesWhatItMay() throws Exception {
        Path manifest = TestData.require("odd-images/MANIFEST.tsv");
        Map<Path, String> expected = new TreeMap<>();
        Map<Path, List<Integer>> sizes = new HashMap<>();
        for (String line : Files.readAllLines(manifest).stream().skip(1).toList()) {
            String[] entry = line.split("\t", -1);
            Path copy = copy(manifest.resolveSibling(entry[0]));
            expected.put(copy, entry[3]);
            if (!entry[1].isEmpty()) {
                sizes.put(copy, List.of(2 * Integer.parseInt(entry[1]), 2 * Integer.parseInt(entry[2])));
            }
        }

        Map<Path, Map<?, ?>> results = checkBothWays(expected);

        assertThat(expected).hasSizeGreaterThan(200);
        SoftAssertions.assertSoftly(softly -> results.forEach((file, result) -> {
            // A turned picture has its sides the other way round.
            if (sizes.containsKey(file) && !result.containsKey("refused")) {
                softly.assertThat(List.of((Integer) result.get("width"), (Integer) result.get("height")))
                        .as(file.toString())
                        .containsExactlyInAnyOrderElementsOf(sizes.get(file));
            }
        }));
    }

    @Test
    void everyCaseThatWentWrongGivesWhatIsRight() throws Exception {
        Path cases = TestData.require("cases/README.md").getParent();
        Map<Path, String> expected = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(cases)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> NO_INPUTS.stream().noneMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            boolean converted = CONVERTED.stream().anyMatch(name::endsWith);
            expected.put(copy(file), converted ? EITHER : REFUSED_CASES.getOrDefault(name, DECODE));
        }

        Map<Path, Map<?, ?>> results = checkBothWays(expected);

        assertThat(results).hasSize(files.size()).hasSizeGreaterThan(40);
        results.forEach((file, result) -> {
            String word = REFUSED_CASES.get(file.getFileName().toString());
            if (word != null) {
                assertThat(result.get("refused")).as(file.toString()).isEqualTo(word);
            }
        });
    }

    /** Files of one name and several endings would have one output: each of them gets a folder. */
    private Path copy(Path file) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        Path place = folder.resolve("in/0");
        for (int i = 1; isTaken(place, stem); i++) {
            place = folder.resolve("in/" + i);
        }
        Files.createDirectories(place);
        return Files.copy(file, place.resolve(name));
    }

    private static boolean isTaken(Path place, String stem) throws IOException {
        if (!Files.isDirectory(place)) {
            return false;
        }
        try (Stream<Path> there = Files.list(place)) {
            return there.anyMatch(file -> file.getFileName().toString().startsWith(stem + "."));
        }
    }

    /** What the folder run said. */
    private Map<Path, Map<?, ?>> checkBothWays(Map<Path, String> expected) throws Exception {
        Path out = folder.resolve("out");
        Map<Path, Map<?, ?>> results = run(List.of("-r", folder.resolve("in").toString()), out);
        Map<Path, Map<?, ?>> alone = new HashMap<>();
        try (Stream<Path> places = Files.list(folder.resolve("in"))) {
            for (Path place : places.toList()) {
                // A comic archive would make a folder run of it.
                List<String> names = expected.keySet().stream()
                        .filter(file ->
                                file.startsWith(place) && !file.toString().endsWith(".cbz"))
                        .map(Path::toString)
                        .toList();
                alone.putAll(run(names, folder.resolve("alone" + place.getFileName())));
            }
        }

        assertThat(expected.keySet()).containsAll(results.keySet()).containsAll(alone.keySet());
        for (Map.Entry<Path, String> each : expected.entrySet()) {
            Path file = each.getKey();
            Map<?, ?> together = results.get(file);
            if (file.toString().endsWith(".cbz")) {
                check(file, each.getValue(), Objects.requireNonNull(together));
                continue;
            }
            Map<?, ?> single = Objects.requireNonNull(alone.get(file));
            check(file, each.getValue(), single);
            if (together == null) {
                // Passed over for its ending.
                assertThat(single.containsKey("refused")).as(file.toString()).isTrue();
            } else {
                same(file, together, single);
            }
        }
        return results;
    }

    private static void check(Path file, String expected, Map<?, ?> result) {
        Object refused = result.get("refused");
        if (refused == null) {
            assertThat(expected).as(file.toString()).startsWith(DECODE);
            assertThat(Path.of((String) result.get("output"))).exists();
        } else {
            assertThat(expected).as(file + ": " + result).isNotEqualTo(DECODE);
            assertThat(REASONS).as(file.toString()).contains((String) refused);
            assertThat((String) result.get("message"))
                    .contains(file.getFileName().toString());
            if (expected.equals("refuse-unread")) {
                assertThat(refused).isEqualTo("not_a_picture");
            }
        }
    }

    private static void same(Path file, Map<?, ?> together, Map<?, ?> single) throws IOException {
        assertThat(together.get("refused")).as(file.toString()).isEqualTo(single.get("refused"));
        if (!together.containsKey("refused")) {
            assertThat(Path.of((String) together.get("output")))
                    .as(file.toString())
                    .hasSameBinaryContentAs(Path.of((String) single.get("output")));
        }
    }

    private Map<Path, Map<?, ?>> run(List<String> inputs, Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "upscale",
                "--json",
                "-s",
                "2",
                "-o",
                out + "/"));
        command.addAll(inputs);
        Path lines = folder.resolve("lines");
        Process process = new ProcessBuilder(command)
                .redirectOutput(lines.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        boolean ended = process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(folder.resolve("err")).content(StandardCharsets.UTF_8).doesNotContain("\tat ", "Exception");
        Map<Path, Map<?, ?>> results = results(lines);
        // Among many a warning has to say which picture it is of.
        assertThat(results.values())
                .allSatisfy(result -> assertThat(warnings(result))
                        .allMatch(warning -> warning.contains(name(String.valueOf(result.get("input"))))));
        boolean refused = results.values().stream().anyMatch(result -> result.containsKey("refused"));
        assertThat(process.exitValue()).isEqualTo(refused ? ExitCode.REFUSED : ExitCode.OK);
        assertThat(filesIn(out)).isEqualTo(outputs(results));
        return results;
    }

    private static Map<Path, Map<?, ?>> results(Path lines) throws IOException {
        Map<Path, Map<?, ?>> results = new HashMap<>();
        for (String line : Files.readAllLines(lines)) {
            Map<?, ?> result = (Map<?, ?>) JsonLines.parse(line);
            assertThat(results.put(Path.of((String) Objects.requireNonNull(result.get("input"))), result))
                    .as(line)
                    .isNull();
        }
        return results;
    }

    private static List<String> warnings(Map<?, ?> result) {
        return result.get("warnings") instanceof List<?> warnings
                ? warnings.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    private static Set<Path> outputs(Map<Path, Map<?, ?>> results) {
        Set<Path> outputs = new HashSet<>();
        results.values().stream()
                .filter(result -> result.containsKey("output"))
                .forEach(result -> outputs.add(Path.of((String) Objects.requireNonNull(result.get("output")))));
        return outputs;
    }

    private static Set<Path> filesIn(Path out) throws IOException {
        Set<Path> files = new HashSet<>();
        try (Stream<Path> all = Files.walk(out)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !OWN.contains(file.getFileName().toString()))
                    .forEach(files::add);
        }
        return files;
    }
}
