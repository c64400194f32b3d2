package dev.repsr.app.video;

import dev.repsr.FrameUpscaler;
import dev.repsr.Upscaler;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Arrays;

/** Enlarges the frames of one film: from samples to rows of a picture, through the network, and back to samples. Not thread-safe. */
final class FilmFrames {
    /** Raw frames of either side that are there at once: waiting, in work, and the last one. */
    private static final int HELD = FilmRun.WAITING + 3;

    private final Film film;
    private final FrameUpscaler upscaler;
    private final NutHeader raw;
    private final NutHeader encoded;
    private final PixelLayout layout;
    private final Colours colours;
    private final FrameBytes bytes;

    private long repeated;
    private long nanos;
    private byte[] lastInput = {};
    private byte[] lastOutput = {};

    /**
     * Settles what frames become.
     *
     * @param layout in which the encoder takes them
     * @param raw what the decoder says of them
     * @throws dev.repsr.image.ImageRefused if they are beyond a limit
     */
    FilmFrames(Upscaler upscaler, Film film, FilmCodec codec, PixelLayout layout, NutHeader raw) throws IOException {
        this.film = film;
        this.raw = raw;
        this.layout = layout;
        long rawBytes = film.layout().frameBytes(raw.width(), raw.height());
        this.upscaler = upscaler.frames(
                film.file().toString(),
                film.layout().picture(raw.width(), raw.height()),
                output -> HELD * (rawBytes + layout.frameBytes(output.width(), output.height())));
        PictureFormat enlarged = this.upscaler.output();
        // Encoders other than FFV1 refuse sizes that their pairs of pixels do not fill.
        boolean even = codec != FilmCodec.FFV1;
        int width = even && layout.chromaX() > 0 ? evened(enlarged.width()) : enlarged.width();
        int height = even && layout.chromaY() > 0 ? evened(enlarged.height()) : enlarged.height();
        encoded = raw.with(layout.fourcc(), width, height);
        boolean leavesRgb = film.layout().kind() == PixelLayout.Kind.RGB && layout.kind() != PixelLayout.Kind.RGB;
        colours = leavesRgb ? Colours.of("", false, "left", height).orElseThrow() : film.colours();
        bytes = new FrameBytes(layout, colours, width, height);
    }

    private static int evened(int length) {
        return length > 1 ? length - length % 2 : length;
    }

    NutHeader raw() {
        return raw;
    }

    NutHeader encoded() {
        return encoded;
    }

    PixelLayout layout() {
        return layout;
    }

    Colours colours() {
        return colours;
    }

    String models() {
        return upscaler.models();
    }

    String engine() {
        return upscaler.engine();
    }

    /** Whether a last row or column is left out. */
    boolean isCut() {
        return encoded.width() != upscaler.output().width()
                || encoded.height() != upscaler.output().height();
    }

    /** Bytes that are taken while the film is enlarged. */
    long memoryBytes() {
        return upscaler.memoryBytes();
    }

    /** Frames so far that were equal to the one before them. */
    long repeated() {
        return repeated;
    }

    /** Nanoseconds so far in network and conversion. */
    long nanos() {
        return nanos;
    }

    /** A frame that is the same as the one before it to the bit becomes what that one became. */
    NutFrame enlarged(NutFrame frame) throws IOException {
        if (frame.bytes().length != film.layout().frameBytes(raw.width(), raw.height())) {
            throw new IOException("ffmpeg gives a frame of " + frame.bytes().length + " bytes, which is not its size");
        }
        if (Arrays.equals(frame.bytes(), lastInput)) {
            repeated++;
        } else {
            long start = System.nanoTime();
            FrameRows picture = new FrameRows(film.layout(), film.colours(), raw.width(), raw.height(), frame.bytes());
            try (PictureRows rows = upscaler.enlarge(picture)) {
                lastOutput = bytes.frame(rows);
            }
            lastInput = frame.bytes();
            nanos += System.nanoTime() - start;
        }
        return new NutFrame(frame.timestamp(), true, lastOutput);
    }
}
