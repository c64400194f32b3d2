package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import dev.repsr.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Odd and broken pictures through the command line, in a JVM of 512 MiB: each gives what it may, and all others go on. */
@Tag("data")
class OddImagesRunTest {
    private static final int HANG_GUARD_MINUTES = 9;
    private static final Set<String> REASONS =
            Set.of("not_a_picture", "unsupported", "damaged", "too_large", "missing");

    @TempDir
    private Path folder;

    @Test
    void everyFileGivesWhatItMay() throws Exception {
        Path manifest = TestData.require("odd-images/MANIFEST.tsv");
        Path model = TestModels.writeNearest(folder, 2);
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(manifest).stream().skip(1).toList()) {
            String[] entry = line.split("\t", -1);
            expected.put(manifest.resolveSibling(entry[0]).toString(), entry[3]);
        }
        Map<String, Map<?, ?>> results = new HashMap<>();
        List<List<String>> groups = withoutClashes(expected.keySet());
        for (int i = 0; i < groups.size(); i++) {
            results.putAll(run(groups.get(i), model, folder.resolve("out" + i)));
        }
        assertThat(results.keySet()).isEqualTo(expected.keySet());
        expected.forEach((file, what) -> check(file, what, Objects.requireNonNull(results.get(file))));
        assertThat(expected).hasSizeGreaterThan(200);
    }

    private static void check(String file, String expected, Map<?, ?> result) {
        Object refused = result.get("refused");
        if (refused == null) {
            assertThat(expected).as(file).doesNotStartWith("refuse");
            assertThat(Path.of((String) result.get("output"))).exists();
        } else {
            assertThat(expected).as(file + ": " + result).isNotEqualTo("decode");
            assertThat(REASONS).as(file).contains((String) refused);
            assertThat((String) result.get("message"))
                    .contains(Path.of(file).getFileName().toString());
            if (expected.equals("refuse-unread")) {
                assertThat(refused).isEqualTo("not_a_picture");
            }
        }
    }

    /** Files of one name and several endings would have one output. */
    private static List<List<String>> withoutClashes(Set<String> files) {
        List<List<String>> groups = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String file : files) {
            String name = Path.of(file).getFileName().toString();
            int group = seen.merge(name.substring(0, name.lastIndexOf('.')), 1, Integer::sum) - 1;
            while (groups.size() <= group) {
                groups.add(new ArrayList<>());
            }
            groups.get(group).add(file);
        }
        return groups;
    }

    private Map<String, Map<?, ?>> run(List<String> files, Path model, Path out)
            throws IOException, InterruptedException {
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
                "-m",
                model.toString(),
                "-o",
                out + "/"));
        command.addAll(files);
        Path lines = folder.resolve("lines");
        Process process = new ProcessBuilder(command)
                .redirectOutput(lines.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        boolean ended = process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isIn(0, 3);
        Map<String, Map<?, ?>> results = new HashMap<>();
        try (Stream<String> each = Files.lines(lines, StandardCharsets.UTF_8)) {
            each.map(line -> JsonMapper.shared().readValue(line, Map.class))
                    .filter(line -> line.containsKey("input"))
                    .forEach(line -> results.put((String) line.get("input"), line));
        }
        assertThat(folder.resolve("err")).content(StandardCharsets.UTF_8).doesNotContain("\tat ", "Exception");
        return results;
    }
}
