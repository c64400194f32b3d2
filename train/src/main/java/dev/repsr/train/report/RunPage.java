package dev.repsr.train.report;

import dev.repsr.image.Picture;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A page on one run: one file of HTML that needs no other.
 *
 * @param title name of the run
 * @param state one sentence on how far it is
 * @param charts curves; empty ones are left out
 * @param table rows of cells, the head first
 * @param crops pieces of pictures that are measured
 * @param sections further facts: for each heading lines of name and value
 * @param configuration the text of the configuration
 */
public record RunPage(
        String title,
        String state,
        List<CurveChart> charts,
        List<List<String>> table,
        List<Crop> crops,
        Map<String, Map<String, String>> sections,
        String configuration) {

    /**
     * The same piece of a picture three times.
     *
     * @param name of the picture
     */
    public record Crop(String name, Picture bicubic, Picture network, Picture original) {}

    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
            h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2rem}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(24rem,1fr));gap:1rem}
            figure{margin:0}figcaption{font-size:.85rem}svg{width:100%}svg text{font-size:11px;fill:#57606a}
            .grid{stroke:#d0d7de;stroke-width:1}.legend{font-size:.85rem}
            table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #d0d7de}
            .crops{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem;max-width:50rem}
            .crops img{width:100%;image-rendering:pixelated}
            pre{background:#f6f8fa;padding:1rem;overflow:auto;font-size:.85rem}
            """;

    /** The page's text. */
    public String toHtml() throws IOException {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(Html.escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(Html.escaped(title))
                .append("</h1>\n<p>")
                .append(Html.escaped(state))
                .append("</p>\n");
        appendCharts(page);
        appendTable(page);
        appendCrops(page);
        sections.forEach((heading, facts) -> {
            heading(page, heading);
            page.append("<table>\n");
            facts.forEach((name, value) -> row(page, "td", List.of(name, value)));
            page.append("</table>\n");
        });
        heading(page, "Configuration");
        return page.append("<pre>")
                .append(Html.escaped(configuration))
                .append("</pre>\n</body></html>\n")
                .toString();
    }

    private void appendCharts(StringBuilder page) {
        page.append("<div class=\"charts\">\n");
        for (CurveChart chart : charts) {
            if (!chart.isEmpty()) {
                page.append("<figure><figcaption><b>")
                        .append(Html.escaped(chart.title()))
                        .append("</b></figcaption>\n")
                        .append(chart.toSvg())
                        .append("<div class=\"legend\">")
                        .append(chart.legend())
                        .append("</div></figure>\n");
            }
        }
        page.append("</div>\n");
    }

    private void appendTable(StringBuilder page) {
        if (table.size() < 2) {
            return;
        }
        heading(page, "Scores");
        page.append("<table>\n");
        row(page, "th", table.getFirst());
        table.subList(1, table.size()).forEach(cells -> row(page, "td", cells));
        page.append("</table>\n");
    }

    private void appendCrops(StringBuilder page) throws IOException {
        if (crops.isEmpty()) {
            return;
        }
        heading(page, "Pictures");
        page.append("<p>Where bicubic enlargement is furthest from the original.</p>\n<div class=\"crops\">\n");
        for (Crop crop : crops) {
            figure(page, crop.name() + ", bicubic", crop.bicubic());
            figure(page, "this network", crop.network());
            figure(page, "original", crop.original());
        }
        page.append("</div>\n");
    }

    private static void figure(StringBuilder page, String caption, Picture picture) throws IOException {
        page.append("<figure><img alt=\"")
                .append(Html.escaped(caption))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(PictureGrid.png(picture)))
                .append("\"><figcaption>")
                .append(Html.escaped(caption))
                .append("</figcaption></figure>\n");
    }

    private static void heading(StringBuilder page, String text) {
        page.append("<h2>").append(Html.escaped(text)).append("</h2>\n");
    }

    private static void row(StringBuilder page, String cell, List<String> texts) {
        page.append("<tr>");
        for (String text : texts) {
            page.append('<').append(cell).append('>').append(Html.escaped(text));
            page.append("</").append(cell).append('>');
        }
        page.append("</tr>\n");
    }
}
