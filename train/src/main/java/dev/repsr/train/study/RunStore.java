package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.repsr.io.AtomicFile;
import dev.repsr.train.RunPictures;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The finished runs of a study: {@code runs.jsonl}, whose first line names the measured pictures and whose others are a run each. The
 * file is whole after each run.
 *
 * @param <R> what is kept of a run
 */
final class RunStore<R extends RunStore.Line> {
    static final String NAME = "runs.jsonl";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();

    /**
     * The first line.
     *
     * @param study its name
     * @param pictures names of the measured pictures, set by set
     */
    record Head(String study, Map<String, List<String>> pictures) {}

    /** What a line holds. */
    interface Line {
        /** By which it is found again. */
        String key();
    }

    private final Path file;
    private final Head head;
    private final Class<R> type;
    private final Map<String, R> runs = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private RunStore(Path file, Head head, Class<R> type) {
        this.file = file;
        this.type = type;
        this.head = head;
        lines.add(MAPPER.writeValueAsString(head));
    }

    /**
     * Reads what an earlier start has left, or begins.
     *
     * @throws ConfigRefused if another study's runs lie there, or lines that cannot be read
     */
    static <R extends Line> RunStore<R> open(Path folder, Head head, Class<R> type) throws IOException {
        RunStore<R> store = new RunStore<>(folder.resolve(NAME), head, type);
        if (Files.exists(store.file)) {
            List<String> before = Files.readAllLines(store.file, UTF_8);
            if (before.isEmpty() || !before.getFirst().equals(store.lines.getFirst())) {
                throw refused(store.file
                        + ": these are runs of another study, or were measured on other pictures; choose another"
                        + " output folder");
            }
            for (String line : before.subList(1, before.size())) {
                store.take(line);
            }
        }
        return store;
    }

    private void take(String line) throws ConfigRefused {
        try {
            R run = MAPPER.readValue(line, type);
            runs.put(run.key(), run);
            lines.add(line);
        } catch (JacksonException e) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    file + ", line " + (lines.size() + 1)
                            + ": not a run of this program; remove this line to run it anew",
                    e);
        }
    }

    private static ConfigRefused refused(String sentence) {
        return new ConfigRefused(ConfigRefused.Kind.DATA, sentence);
    }

    Head head() {
        return head;
    }

    /** The sets that are reported, the main one first: all that were not only there to choose learning rates. */
    List<String> reported() {
        List<String> all = List.copyOf(head.pictures().keySet());
        List<String> measured =
                all.stream().filter(set -> !set.equals(RunPictures.HELD_OUT)).toList();
        return measured.isEmpty() ? all : measured;
    }

    synchronized Optional<R> get(String key) {
        return Optional.ofNullable(runs.get(key));
    }

    synchronized List<R> all() {
        return List.copyOf(runs.values());
    }

    synchronized int size() {
        return runs.size();
    }

    /** Adds a run. @return its line */
    synchronized String add(R run) throws IOException {
        String line = json(run);
        runs.put(run.key(), run);
        lines.add(line);
        String text = String.join("\n", lines) + "\n";
        AtomicFile.write(file, out -> out.write(text.getBytes(UTF_8)));
        return line;
    }

    /** One line of JSON; what is empty is left out. */
    static String json(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
