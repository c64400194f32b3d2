package dev.repsr.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** The words of the page on quality. */
final class QualityPage {
    /** The picture beside the page. */
    static final String SHEET = "quality.png";

    private static final String COLUMN = " --- |";

    private QualityPage() {}

    static String head(String command) {
        return """
            # Quality: the built-in networks beside others

            Made by `%s` on %s, and written by nothing else.

            Each cell: PSNR of Y in dB, PSNR of RGB in brackets, SSIM of Y; means over the pictures of a set. The rules are those of
            `evaluate`: originals cropped to a multiple of the scale, reduced by MATLAB's bicubic, results rounded to 8 bits, a border of
            scale pixels cut off. Grey pictures are read as R = G = B. Urban100 is every third picture of that set, so its figures
            compare with nobody else's. Nobody trained on these pictures.
            """.formatted(command, LocalDate.now(ZoneOffset.UTC));
    }

    static String soundHead(int scale, List<String> sets) {
        return "\n## Sound pictures, x" + scale + "\n\n| network | " + String.join(" | ", sets) + " |\n"
                + rule(1 + sets.size());
    }

    static String spoiltHead(int scale, List<String> sets, List<String> names) {
        return """

            ## Pictures with flaws, x%d

            The pictures of %s together, reduced as above; then Gaussian noise of so many levels in each colour, then JPEG of this
            quality, by the encoder of `upscale`.

            | JPEG | noise | %s |
            """.formatted(scale, String.join(" and ", sets), String.join(" | ", names)) + rule(2 + names.size());
    }

    static String sheet(List<Flaws> flaws, List<String> names) {
        return """

            ## To look at

            ![pieces of pictures as each enlarges them](%s)

            From left to right: %s, original. Each picture twice: %s.
            """.formatted(
                        SHEET,
                        String.join(", ", names),
                        flaws.stream()
                                .map(one -> (one.quality() == Flaws.NO_JPEG ? "no JPEG" : "JPEG " + one.quality())
                                        + ", noise " + one.sigma())
                                .collect(Collectors.joining("; ")));
    }

    private static String rule(int columns) {
        return "|" + COLUMN.repeat(columns) + "\n";
    }
}
