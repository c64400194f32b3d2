package dev.repsr.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The words of the page on quality. */
final class QualityPage {
    /** The picture beside the page. */
    static final String SHEET = "quality.png";

    static final String SHEET_TITLE = "To look at";

    private static final String COLUMN = " --- |";

    private QualityPage() {}

    private static final String HEAD = """
            # Quality: the built-in networks beside others

            Made by `bench/run quality`, and written by nothing else. Each part names the command that made it; with `--scales` the parts
            of these scales alone are measured and replaced.

            Each cell: PSNR of Y in dB, PSNR of RGB in brackets, SSIM of Y; means over the pictures of a set. The rules are those of
            `evaluate`: originals cropped to a multiple of the scale, reduced by MATLAB's bicubic, results rounded to 8 bits, a border of
            scale pixels cut off. Grey pictures are read as R = G = B. Urban100 is every third picture of that set, so its figures
            compare with nobody else's. Nobody trained on these pictures.
            """;

    /** The page with these parts added, or replaced where they stand. */
    static String withParts(String page, SequencedMap<String, String> parts) {
        SequencedMap<String, String> all = PageParts.of(page);
        all.putAll(parts);
        return PageParts.text(HEAD, all);
    }

    private static String command(String command) {
        return "Command: `" + command + "`, " + LocalDate.now(ZoneOffset.UTC) + ".\n";
    }

    static String soundTitle(int scale) {
        return "Sound pictures, x" + scale;
    }

    static String spoiltTitle(int scale) {
        return "Pictures with flaws, x" + scale;
    }

    static String soundHead(int scale, List<String> sets, String command) {
        return "## " + soundTitle(scale) + "\n\n" + command(command) + "\n| network | " + String.join(" | ", sets)
                + " |\n" + rule(1 + sets.size());
    }

    static String spoiltHead(int scale, List<String> sets, List<String> names, String command) {
        return """
            ## %s

            The pictures of %s together, reduced as above; then Gaussian noise of so many levels in each colour, then JPEG of this
            quality, by the encoder of `upscale`.
            %s
            | JPEG | noise | %s |
            """.formatted(
                        spoiltTitle(scale), String.join(" and ", sets), command(command), String.join(" | ", names))
                + rule(2 + names.size());
    }

    static String sheet(List<Flaws> flaws, List<String> names, String command) {
        return """
            ## %s

            ![pieces of pictures as each enlarges them](%s)

            From left to right: %s, original. Each picture several times: %s.
            %s""".formatted(
                        SHEET_TITLE,
                        SHEET,
                        String.join(", ", names),
                        flaws.stream()
                                .map(one -> (one.quality() == Flaws.NO_JPEG ? "no JPEG" : "JPEG " + one.quality())
                                        + ", noise " + one.sigma())
                                .collect(Collectors.joining("; ")),
                        command(command));
    }

    private static String rule(int columns) {
        return "|" + COLUMN.repeat(columns) + "\n";
    }
}
