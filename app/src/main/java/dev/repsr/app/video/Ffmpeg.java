package dev.repsr.app.video;

import dev.repsr.io.SearchPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The programs of FFmpeg.
 *
 * @param ffmpeg decodes, encodes and joins
 * @param ffprobe says what is in a file
 */
public record Ffmpeg(Path ffmpeg, Path ffprobe) {
    private static final int MOST_ANSWER = 256 << 20;

    /**
     * Looks where the shell does, or beside a program that is named.
     *
     * @param named the program ffmpeg, or its folder; null: on the PATH
     * @throws FilmRefused if they are not there
     */
    public static Ffmpeg find(@Nullable Path named) throws FilmRefused {
        SearchPath path;
        Optional<Path> ffmpeg;
        if (named == null || Files.isDirectory(named)) {
            path = named == null ? SearchPath.ofShell() : new SearchPath(List.of(named));
            ffmpeg = path.find("ffmpeg");
        } else {
            path = new SearchPath(List.of(named.resolveSibling("")));
            ffmpeg = Optional.of(named).filter(Files::isExecutable);
        }
        Optional<Path> ffprobe = path.find("ffprobe");
        if (ffmpeg.isEmpty() || ffprobe.isEmpty()) {
            throw new FilmRefused(
                    FilmRefused.Reason.MISSING,
                    "Films are read and written by the programs ffmpeg and ffprobe, which are not "
                            + (named == null ? "on the PATH" : "at " + named)
                            + "; install the package ffmpeg, or name the program with --ffmpeg");
        }
        return new Ffmpeg(ffmpeg.get(), ffprobe.get());
    }

    /** An input: a file, which may lead to local files and pipes alone. */
    static List<String> input(Path file) {
        return List.of("-protocol_whitelist", "file,pipe", "-i", file(file));
    }

    /** The name of a file as these programs take it: never a protocol, an option or a pattern. */
    static String file(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /** What a command says on its standard output. */
    byte[] ask(Path program, List<String> arguments) throws IOException {
        try (Running running = start(program, arguments)) {
            running.in().close();
            byte[] answer = running.out().readNBytes(MOST_ANSWER);
            if (running.await() != 0) {
                throw new FilmRefused(FilmRefused.Reason.DAMAGED, running.complaint());
            }
            return answer;
        }
    }

    /** Starts a program. */
    Running start(Path program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-hide_banner", "-v", "error"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).start();
        return new Running(process);
    }

    /** A program at work; ended when it is closed. */
    static final class Running implements AutoCloseable {
        private static final int MOST_SAID = 1 << 16;
        private static final int MOST_COMPLAINT = 200;

        private final Process process;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final Thread listener;

        private Running(Process process) {
            this.process = process;
            this.listener = Thread.ofVirtual().start(this::listen);
        }

        /** What it says is kept up to a length, and read beyond it, so that it never waits. */
        private void listen() {
            byte[] buffer = new byte[4096];
            try (InputStream errors = process.getErrorStream()) {
                for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                    synchronized (said) {
                        said.write(buffer, 0, Math.min(count, MOST_SAID - said.size()));
                    }
                }
            } catch (IOException e) {
                System.getLogger(Ffmpeg.class.getName())
                        .log(System.Logger.Level.DEBUG, "what a program said was not read to its end", e);
            }
        }

        OutputStream in() {
            return process.getOutputStream();
        }

        InputStream out() {
            return process.getInputStream();
        }

        /** The exit code, once it has ended. */
        int await() throws IOException {
            try {
                int code = process.waitFor();
                listener.join();
                return code;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped");
            }
        }

        /** The lines that it has said so far. */
        List<String> lines() {
            synchronized (said) {
                return said.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
            }
        }

        /** The first of what it said, which is nearest to the cause, without what stands for an address in its memory. */
        String complaint() {
            String first = lines().stream()
                    .findFirst()
                    .orElse("it ended with code " + (process.isAlive() ? -1 : process.exitValue()));
            String plain = first.replaceAll(" @ 0x[0-9a-f]+\\]", "]").replaceAll("\\bfile:(?=/)", "");
            return plain.length() > MOST_COMPLAINT ? plain.substring(0, MOST_COMPLAINT) + "..." : plain;
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (process.isAlive() && !process.waitFor(2, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
