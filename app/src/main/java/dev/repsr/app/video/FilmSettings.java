package dev.repsr.app.video;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a film is cut and encoded.
 *
 * @param codec of the output
 * @param crf constant quality, where it was chosen: less is better
 * @param preset of the encoder; empty: its usual one
 * @param start seconds of the film that are left out at its beginning
 * @param duration seconds that are taken; infinite: all
 * @param deinterlace whether two fields become one picture, where the film says that it has fields
 */
public record FilmSettings(
        FilmCodec codec, OptionalInt crf, String preset, double start, double duration, boolean deinterlace) {

    /** Whether only a part of the film is taken. */
    boolean isCut() {
        return start > 0 || Double.isFinite(duration);
    }

    /** Frames that are taken of a film, as far as the container says it; 0 if it does not. */
    long frames(Film film) {
        if (!isCut()) {
            return film.frames();
        }
        double seconds = Math.min(duration, film.seconds() - start);
        return seconds > 0 ? Math.round(seconds * film.rate()) : 0;
    }

    /** The same for a short piece. */
    public FilmSettings piece(double from, double seconds) {
        return new FilmSettings(codec, crf, preset, from, seconds, deinterlace);
    }

    /** The encoder and how well it is to work. */
    List<String> encoding() {
        return codec.arguments(crf, preset);
    }
}
