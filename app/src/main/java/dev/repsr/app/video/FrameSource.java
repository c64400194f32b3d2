package dev.repsr.app.video;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames of a film as ffmpeg decodes them, a few ahead of who takes them. */
final class FrameSource implements AutoCloseable {
    private static final int AHEAD = 2;

    private final Film film;
    private final Ffmpeg.Running decoder;
    private final NutReader reader;
    private final Conveyor<NutFrame> frames = new Conveyor<>(AHEAD);
    private final Thread thread;
    private boolean stopped;

    /**
     * Starts the decoder and waits for what it says of its frames. None that is larger than the film's is taken.
     */
    FrameSource(Ffmpeg ffmpeg, Film film, List<String> arguments) throws IOException {
        this.film = film;
        decoder = ffmpeg.start(ffmpeg.ffmpeg(), arguments);
        try {
            decoder.in().close();
            reader = new NutReader(decoder.out(), (int) Math.min(Integer.MAX_VALUE - 8, film.mostFrameBytes()));
        } catch (IOException e) {
            // A decoder whose frames nobody takes would wait for ever.
            decoder.out().close();
            decoder.await();
            decoder.close();
            throw e instanceof EOFException ? damaged("no frame of it can be decoded") : e;
        }
        thread = Thread.ofPlatform().daemon().name("repsr-frames").start(this::read);
    }

    NutHeader header() {
        return reader.header();
    }

    private void read() {
        try {
            NutFrame next = reader.next();
            while (next != null && frames.put(next)) {
                next = reader.next();
            }
            frames.end();
        } catch (IOException | RuntimeException | Error e) {
            frames.fail(e);
        } catch (InterruptedException e) {
            // The source was closed; nobody waits.
            frames.end();
        }
    }

    /**
     * The next frame; null at the end of the film.
     *
     * @throws FilmRefused if the decoder gives up
     */
    @Nullable
    NutFrame next() throws IOException, InterruptedException {
        NutFrame next;
        try {
            next = frames.take();
        } catch (IOException e) {
            ended();
            throw e;
        }
        if (next == null) {
            ended();
        }
        return next;
    }

    private void ended() throws IOException {
        int code = decoder.await();
        if (code > 128) {
            throw new IOException("ffmpeg was ended while it decoded " + film.file() + " (code " + code
                    + "); the same command goes on where it was");
        }
        if (code != 0) {
            throw damaged("ffmpeg gave up on it");
        }
    }

    private FilmRefused damaged(String what) {
        return new FilmRefused(
                FilmRefused.Reason.DAMAGED, film.file() + " is damaged, " + what + ": " + decoder.complaint());
    }

    /** What the decoder complained of so far; at most one sentence. */
    List<String> warnings() {
        int lines = decoder.lines().size();
        return lines == 0
                ? List.of()
                : List.of(film.file() + " is damaged in places; ffmpeg said: " + decoder.complaint()
                        + (lines == 1 ? "" : " (and " + (lines - 1) + " more)"));
    }

    @Override
    public void close() {
        if (!stopped) {
            stopped = true;
            frames.close();
            thread.interrupt();
            decoder.close();
        }
    }
}
