package dev.repsr.app.video;

import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Encodes a film's parts and joins them with all else that it has. */
final class FilmJoin {
    /** Far more than an encoder makes of a frame. */
    private static final int MOST_ENCODED = 1 << 30;

    private static final double TRIAL_SECONDS = 0.5;

    private final Ffmpeg ffmpeg;
    private final FilmCommands commands;

    FilmJoin(Ffmpeg ffmpeg, FilmCommands commands) {
        this.ffmpeg = ffmpeg;
        this.commands = commands;
    }

    /** An encoder of a part. */
    FrameSink encoder(FilmFrames frames, FrameSink.Taker taker) throws IOException {
        return new FrameSink(
                "encode",
                ffmpeg.start(ffmpeg.ffmpeg(), commands.encode(frames.colours(), frames.layout())),
                frames.encoded(),
                taker);
    }

    /** Takes all that an encoder makes. */
    static void take(InputStream made, FrameSink.Ending ended, OutputStream out) throws IOException {
        made.transferTo(out);
        ended.requireGood();
    }

    /** Finds out before the long work whether a frame of this size can be encoded, and the output can hold all that the film has. */
    void tryOut(Container container, Parts parts, FilmFrames frames) throws IOException {
        Path trial = parts.scratch("trial.nut");
        byte[] black = new byte
                [Math.toIntExact(frames.layout()
                        .frameBytes(frames.encoded().width(), frames.encoded().height()))];
        try (FrameSink sink =
                encoder(frames, (made, ended) -> AtomicFile.write(trial, out -> take(made, ended, out)))) {
            sink.write(new NutFrame(0, true, black));
            sink.finish();
        }
        Path joined = parts.scratch("trial." + container.format());
        try {
            join(container, List.of(trial), TRIAL_SECONDS, true, joined);
        } catch (IOException e) {
            throw new FilmRefused(
                    FilmRefused.Reason.UNSUPPORTED,
                    "a file of the kind " + container.format() + " cannot hold this film with its sound: "
                            + e.getMessage() + "; name the output .mkv");
        }
        Files.deleteIfExists(trial);
        Files.deleteIfExists(joined);
    }

    /**
     * Joins all parts.
     *
     * @param length seconds that are taken of all else
     */
    void join(Container container, Parts parts, double length, Path file) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < parts.finished().size(); i++) {
            files.add(parts.file(i));
        }
        join(container, files, length, parts.frames() == 1, file);
    }

    private void join(Container container, List<Path> files, double length, boolean oneFrame, Path file)
            throws IOException {
        NutHeader header;
        try (NutReader first = reader(files.getFirst())) {
            header = first.header();
        }
        Ffmpeg.Running muxer = ffmpeg.start(ffmpeg.ffmpeg(), commands.join(container, length, oneFrame, file));
        try (FrameSink sink = new FrameSink(
                "join", muxer, header, (made, ended) -> take(made, ended, OutputStream.nullOutputStream()))) {
            for (Path part : files) {
                try (NutReader reader = reader(part)) {
                    for (NutFrame next = reader.next(); next != null; next = reader.next()) {
                        sink.write(next);
                    }
                }
            }
            sink.finish();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("ffmpeg wrote no file " + file);
        }
    }

    private static NutReader reader(Path part) throws IOException {
        return new NutReader(Files.newInputStream(part), MOST_ENCODED);
    }
}
