package dev.repsr.app.folder;

import dev.repsr.io.LineLog;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has become of each input of a folder run, one JSON object a line in the file {@code .repsr-journal} of the output folder. An
 * output is entered with its checksum when it is whole on the disk and before it gets its name, so that after any interruption
 * the checksums say which outputs are there. Thread-safe.
 */
final class Journal implements AutoCloseable {
    static final String FILE = ".repsr-journal";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String OUTPUT = "output";
    private static final String OUTPUT_HASH = "output_sha256";
    private static final String INPUT = "input";
    private static final String INPUT_HASH = "input_sha256";
    private static final String SETTINGS = "settings";

    private final Path root;
    private final String settings;
    private final LineLog log;
    private final Map<String, Map<?, ?>> entries = new ConcurrentHashMap<>();

    private Journal(Path root, String settings, LineLog log) {
        this.root = root;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Opens the journal of an output folder.
     *
     * @param settings checksum of everything besides the input that decides what an output holds
     * @param resume whether earlier entries count for this run; later ones may count them again
     */
    static Journal open(Path root, String settings, boolean resume) throws IOException {
        Path file = root.resolve(FILE);
        Journal journal = new Journal(root, settings, LineLog.open(file));
        if (resume) {
            for (String line : LineLog.read(file)) {
                journal.take(line);
            }
        }
        return journal;
    }

    /** A line that is no entry, whoever wrote it, only means that its picture is made again. */
    private void take(String line) {
        try {
            if (MAPPER.readValue(line, Object.class) instanceof Map<?, ?> entry
                    && entry.get(OUTPUT) instanceof String output) {
                keep(output, entry);
            }
        } catch (JacksonException e) {
            System.getLogger(Journal.class.getName())
                    .log(System.Logger.Level.DEBUG, "a line of the journal is not read: " + line, e);
        }
    }

    /**
     * What the journal says of a task's output, if the output is there and is what would be made again.
     *
     * @param inputHash checksum of the input
     */
    Optional<Map<?, ?>> confirmed(FolderTask task, String inputHash) throws IOException {
        Map<?, ?> entry = entries.get(key(task));
        if (entry == null
                || !inputHash.equals(entry.get(INPUT_HASH))
                || !settings.equals(entry.get(SETTINGS))
                || !Files.isRegularFile(task.output(), LinkOption.NOFOLLOW_LINKS)
                || !Sha256.hex(task.output()).equals(entry.get(OUTPUT_HASH))) {
            return Optional.empty();
        }
        return Optional.of(entry);
    }

    /** Enters an output that is whole and about to get its name. */
    void done(FolderTask task, String inputHash, String outputHash) throws IOException {
        Map<String, Object> entry = entry(task, inputHash);
        entry.put(OUTPUT_HASH, outputHash);
        append(task, entry);
    }

    /** Enters why an input has no output. */
    void refused(FolderTask task, String inputHash, String message) throws IOException {
        Map<String, Object> entry = entry(task, inputHash);
        entry.put("refused", message);
        append(task, entry);
    }

    private Map<String, Object> entry(FolderTask task, String inputHash) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(INPUT, task.name());
        entry.put(INPUT_HASH, inputHash);
        entry.put(SETTINGS, settings);
        entry.put(OUTPUT, key(task));
        return entry;
    }

    private void append(FolderTask task, Map<String, Object> entry) throws IOException {
        log.append(MAPPER.writeValueAsString(entry));
        keep(key(task), entry);
    }

    /** That an output was refused, perhaps because it is there already, does not forget who made it. */
    private void keep(String output, Map<?, ?> entry) {
        entries.merge(output, entry, (before, now) -> now.containsKey(OUTPUT_HASH) ? now : before);
    }

    private String key(FolderTask task) {
        Path relative = root.relativize(task.output());
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
