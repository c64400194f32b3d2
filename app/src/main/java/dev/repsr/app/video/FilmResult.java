package dev.repsr.app.video;

import java.util.List;

/**
 * What became of a film.
 *
 * @param input name of the file
 * @param output name of the file
 * @param models that ran, in turn
 * @param engine that ran the last of them
 * @param codec that encoded
 * @param width pixels of a frame of the output
 * @param height rows of the same
 * @param frames of the output
 * @param repeated frames that were the same as the one before them, and were not computed again
 * @param seconds from the first frame to the last
 * @param bytes of the output
 * @param millis that it took
 * @param millisDecoding of these, waiting for frames
 * @param millisEnlarging of these, in network and conversion of colours
 * @param millisEncoding of these, waiting for the encoder
 * @param warnings what is to be said
 */
public record FilmResult(
        String input,
        String output,
        String models,
        String engine,
        String codec,
        int width,
        int height,
        long frames,
        long repeated,
        double seconds,
        long bytes,
        long millis,
        long millisDecoding,
        long millisEnlarging,
        long millisEncoding,
        List<String> warnings) {}
