package dev.repsr.app;

import dev.repsr.io.AtomicFile;
import dev.repsr.metric.ImageScore;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Scores as a table for people, as members for JSON and as a CSV file. */
final class ScoreTable {
    private static final String ROW = "%-12s %-24s %9.2f %8.4f %9.2f";

    private ScoreTable() {}

    /** The table's lines: two rows a set. */
    static List<String> lines(String model, List<SetScore> sets) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%-12s %-24s %9s %8s %9s", "set (images)", "model", "PSNR Y", "SSIM Y", "PSNR RGB"));
        for (SetScore set : sets) {
            String name = set.name() + " (" + set.images().size() + ")";
            lines.add(String.format(Locale.ROOT, ROW, name, model, set.psnrY(), set.ssimY(), set.psnrRgb()));
            lines.add(String.format(
                    Locale.ROOT, ROW, "", "bicubic", set.bicubicPsnrY(), set.bicubicSsimY(), set.bicubicPsnrRgb()));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s lowest: %s, %.2f dB",
                    "",
                    set.worst().image(),
                    set.worst().psnrY()));
        }
        return lines;
    }

    /** The sets as JSON's key "sets" has them. */
    static List<Map<String, Object>> json(List<SetScore> sets) {
        List<Map<String, Object>> members = new ArrayList<>();
        for (SetScore set : sets) {
            Map<String, Object> member = new LinkedHashMap<>();
            member.put("name", set.name());
            member.put("images", set.images().size());
            member.put("psnr_y", set.psnrY());
            member.put("ssim_y", set.ssimY());
            member.put("psnr_rgb", set.psnrRgb());
            member.put("bicubic_psnr_y", set.bicubicPsnrY());
            member.put("bicubic_ssim_y", set.bicubicSsimY());
            Map<String, Object> worst = new LinkedHashMap<>();
            worst.put("image", set.worst().image());
            worst.put("psnr_y", set.worst().psnrY());
            member.put("worst", worst);
            members.add(member);
        }
        return members;
    }

    /** Writes one line a picture. */
    static void writeCsv(Path file, List<SetScore> sets) throws IOException {
        StringBuilder text = new StringBuilder("set,image,psnr_y,ssim_y,psnr_rgb,bicubic_psnr_y,bicubic_ssim_y\n");
        for (SetScore set : sets) {
            for (int i = 0; i < set.images().size(); i++) {
                ImageScore score = set.images().get(i);
                ImageScore bicubic = set.bicubic().get(i);
                text.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%.4f,%.6f,%.4f,%.4f,%.6f%n",
                        quoted(set.name()),
                        quoted(score.image()),
                        score.psnrY(),
                        score.ssimY(),
                        score.psnrRgb(),
                        bicubic.psnrY(),
                        bicubic.ssimY()));
            }
        }
        AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String quoted(String name) {
        boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
