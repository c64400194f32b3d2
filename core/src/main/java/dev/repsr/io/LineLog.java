package dev.repsr.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file that grows by whole lines, each of which is on the disk when {@link #append} returns. What a crash left behind the
 * last line end is cut off when the file is opened again. Thread-safe.
 */
public final class LineLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private LineLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The whole lines of a log; none if there is no such file. */
    public static List<String> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /**
     * Opens a log to go on with it, or to begin it.
     *
     * @throws IOException also if there is something of that name that is no ordinary file
     */
    public static LineLog open(Path file) throws IOException {
        OwnFile.requireOrdinary(file);
        long length = wholeLines(file);
        FileChannel channel = OwnFile.open(file);
        channel.truncate(length);
        channel.position(length);
        return new LineLog(file, channel);
    }

    private static long wholeLines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException if it contains a line end
     */
    public synchronized void append(String line) throws IOException {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("more than one line for " + file);
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
