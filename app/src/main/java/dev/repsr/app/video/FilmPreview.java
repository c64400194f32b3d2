package dev.repsr.app.video;

import dev.repsr.Upscaler;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A short piece of a film, and a page that compares one of its frames before and after. */
public final class FilmPreview {
    @SuppressWarnings("InlineFormatString") // a page apart from what fills it
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            body { margin: 0; font: 16px sans-serif; background: #181818; color: #eee }
            h1 { font-size: 1rem; margin: .6rem 1rem }
            .both { position: relative; width: %2$dpx; max-width: 100%% }
            .both img { width: 100%%; display: block }
            .both .before { position: absolute; inset: 0; clip-path: inset(0 50%% 0 0); image-rendering: auto }
            input { width: %2$dpx; max-width: 100%%; margin: .5rem 0 }
            </style></head><body>
            <h1>%1$s: left before, right after</h1>
            <div class="both"><img alt="after" src="data:image/png;base64,%4$s">
            <img class="before" alt="before" src="data:image/png;base64,%3$s"></div>
            <input type="range" min="0" max="100" value="50" aria-label="share of the picture that is shown as it was"
              oninput="document.querySelector('.before').style.clipPath = `inset(0 ${100 - this.value}%% 0 0)`">
            </body></html>
            """;

    /**
     * What was written.
     *
     * @param clip the piece
     * @param page that compares
     */
    public record Written(Path clip, Path page) {}

    private FilmPreview() {}

    /**
     * Writes both beside the output, in place of older ones.
     *
     * @param seconds of the film's middle, or of the middle of the part that is asked for
     */
    public static Written write(
            Ffmpeg ffmpeg,
            Upscaler upscaler,
            Film film,
            FilmSettings settings,
            int seconds,
            Path output,
            Container container)
            throws IOException, InterruptedException {
        double all = Math.min(settings.duration(), film.seconds() - settings.start());
        double from = settings.start() + Math.max(0, (all - seconds) / 2);
        String name = String.valueOf(output.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        Path clip = output.resolveSibling(stem + "_preview" + (dot > 0 ? name.substring(dot) : ""));
        Path page = output.resolveSibling(stem + "_preview.html");
        FilmResult result = new FilmRun(
                        ffmpeg, upscaler, film, settings.piece(from, seconds), (done, count, bytes) -> {})
                .to(clip, container, output.resolveSibling(stem + "_preview.parts"), false, true);
        byte[] before = still(ffmpeg, film.file(), from);
        byte[] after = still(ffmpeg, clip, 0);
        Base64.Encoder base64 = Base64.getEncoder();
        String text = String.format(
                Locale.ROOT,
                PAGE,
                name.replace("&", "&amp;").replace("<", "&lt;"),
                result.width(),
                base64.encodeToString(before),
                base64.encodeToString(after));
        AtomicFile.write(page, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return new Written(clip, page);
    }

    private static byte[] still(Ffmpeg ffmpeg, Path film, double at) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-nostdin"));
        if (at > 0) {
            arguments.addAll(List.of("-ss", String.format(Locale.ROOT, "%.6f", at)));
        }
        arguments.addAll(Ffmpeg.input(film));
        arguments.addAll(List.of("-map", "0:V:0", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "pipe:1"));
        return ffmpeg.ask(ffmpeg.ffmpeg(), arguments);
    }
}
