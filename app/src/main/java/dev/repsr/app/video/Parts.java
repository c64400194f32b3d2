package dev.repsr.app.video;

import dev.repsr.io.AtomicFile;
import dev.repsr.io.FolderLock;
import dev.repsr.io.LineLog;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of an unfinished film: encoded parts, each whole and entered in a journal with its checksum before it gets its name. What is
 * not entered is made again.
 */
final class Parts implements AutoCloseable {
    private static final String JOURNAL = "journal";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final FolderLock lock;
    private final LineLog log;
    private final List<Part> parts = new ArrayList<>();
    private boolean closed;

    /**
     * A finished part.
     *
     * @param frames that it holds
     * @param last timestamp
     * @param checksum of the last raw frame that went into it
     * @param sha256 of the file
     */
    record Part(int frames, long last, long checksum, String sha256) {
        Part with(String newSha256) {
            return new Part(frames, last, checksum, newSha256);
        }
    }

    private Parts(Path folder, FolderLock lock, LineLog log) {
        this.folder = folder;
        this.lock = lock;
        this.log = log;
    }

    /**
     * Opens the folder, or makes it.
     *
     * @param settings checksum of all that decides what the parts hold
     * @param resume whether parts that are there count; else they are dropped
     * @throws FilmRefused if it belongs to another film or other settings, or is being worked on
     */
    static Parts open(Path folder, String settings, boolean resume) throws IOException {
        FolderLock lock = FolderLock.tryLock(folder)
                .orElseThrow(() -> new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED,
                        "another program is at work in " + folder + "; wait for its end"));
        try {
            if (!resume) {
                clear(folder);
            }
            List<String> lines = LineLog.read(folder.resolve(JOURNAL));
            boolean ours =
                    !lines.isEmpty() && settings.equals(entry(lines.getFirst()).get("settings"));
            if (!ours && lines.size() > 1) {
                throw new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED,
                        folder
                                + " holds the unfinished work of another film or other options; go on with those, or drop"
                                + " it with --no-resume");
            }
            if (!ours) {
                clear(folder);
            }
            Parts parts = new Parts(folder, lock, LineLog.open(folder.resolve(JOURNAL)));
            if (!ours) {
                parts.log.append(MAPPER.writeValueAsString(Map.of("settings", settings)));
            }
            parts.take(lines);
            return parts;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static Map<?, ?> entry(String line) {
        try {
            return MAPPER.readValue(line, Object.class) instanceof Map<?, ?> entry ? entry : Map.of();
        } catch (JacksonException e) {
            // A line that is no entry counts as none.
            return Map.of();
        }
    }

    /** Counts parts as long as each is entered and there. */
    private void take(List<String> lines) throws IOException {
        Map<Integer, Part> entered = new LinkedHashMap<>();
        for (String line : lines) {
            Map<?, ?> entry = entry(line);
            if (entry.get("part") instanceof Number number
                    && entry.get("frames") instanceof Number frames
                    && entry.get("last") instanceof Number last
                    && entry.get("checksum") instanceof Number checksum
                    && entry.get("sha256") instanceof String sha256) {
                entered.put(
                        number.intValue(), new Part(frames.intValue(), last.longValue(), checksum.longValue(), sha256));
            }
        }
        while (entered.containsKey(parts.size())) {
            Part part = entered.get(parts.size());
            Path file = file(parts.size());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Sha256.hex(file).equals(part.sha256())) {
                break;
            }
            parts.add(part);
        }
    }

    /** The finished parts, in order. */
    List<Part> finished() {
        return List.copyOf(parts);
    }

    /** File of a part. */
    Path file(int number) {
        return folder.resolve("part-" + number + ".nut");
    }

    /** A file for what is not finished. */
    Path scratch(String name) {
        return folder.resolve(name);
    }

    /** Frames in finished parts. */
    long frames() {
        return parts.stream().mapToLong(Part::frames).sum();
    }

    /** Bytes of finished parts. */
    long bytes() throws IOException {
        long bytes = 0;
        for (int i = 0; i < parts.size(); i++) {
            bytes += Files.size(file(i));
        }
        return bytes;
    }

    /** What is known of a part when its last frame has been handed to the encoder. */
    @FunctionalInterface
    interface Facts {
        /** Waits for them; {@code sha256} is that of the file. */
        Part of(String sha256) throws IOException;
    }

    /** Writes the next part and enters it. */
    void write(AtomicFile.Body body, Facts facts) throws IOException {
        List<Part> made = new ArrayList<>();
        AtomicFile.write(file(parts.size()), body, sha256 -> {
            Part part = facts.of(sha256);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("part", parts.size());
            entry.put("frames", part.frames());
            entry.put("last", part.last());
            entry.put("checksum", part.checksum());
            entry.put("sha256", sha256);
            log.append(MAPPER.writeValueAsString(entry));
            made.add(part);
        });
        parts.addAll(made);
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(JOURNAL)
                        || name.startsWith("part-")
                        || name.startsWith("joined")
                        || name.startsWith("trial")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The film is finished: the folder goes, unless somebody has put something else into it. */
    void delete() throws IOException {
        release();
        clear(folder);
        Files.deleteIfExists(folder.resolve(".lock"));
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                return;
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Lets go of the folder; where nothing in it is finished, it goes too. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (parts.isEmpty()) {
            delete();
        } else {
            release();
        }
    }

    private void release() throws IOException {
        closed = true;
        log.close();
        lock.close();
    }
}
